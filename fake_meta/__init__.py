"""The emulated Meta: Graph API, webhooks, CDN and Instagram's two surfaces in one process."""
