"""The webhook and Graph exchanges of one case, cut from the emulator's journal, without secrets."""

from harness.errors import HarnessError
from harness.evidence import Evidence
from harness.stage import Stage
from reports.masking import masked_entry
from reports.record import Evidence as Item

LABEL = "exchanges"


class CaseExchanges:
    """Remembers where the journal stood when a case began."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._after = 0

    def begin(self) -> None:
        """Note where the journal stands."""
        self._after = self._stage.meta.last_seq()

    def keep(self, evidence: Evidence) -> tuple[Item, ...]:
        """Keep what was exchanged since `begin` as evidence of the case; return what is new."""
        try:
            if self._stage.meta.last_seq() < self._after:
                self._after = 0  # the case had the emulator start afresh
            entries = self._stage.meta.journal(after=self._after)
        except HarnessError as trouble:
            evidence.note(f"The exchanges of this case are lost: {trouble}")
            return ()
        if not entries:
            return ()
        secrets = self._stage.secrets()
        exchanges = [masked_entry(entry.raw, secrets) for entry in entries]
        path = evidence.attach("exchanges", LABEL, exchanges)
        relative = path.relative_to(self._stage.run_folder).as_posix()
        return (Item("exchanges", relative, LABEL),)
