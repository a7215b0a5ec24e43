"""Error texts in other languages: Meta localises some (meta-contract §7.1, §12 row 22).

Apps must classify by code and subcode; a text that is not here stays English, as at Meta.
"""

from __future__ import annotations

from collections.abc import Mapping

from fake_meta.domain.graph_errors import AnyError, GraphError
from fake_meta.domain.messaging_errors import MessagingError

_MISSING_PT = (
    "Solicitação não suportada. O objeto com a identificação '{id}' não existe, não pode ser "
    "carregado devido à falta de permissões ou não é compatível com esta operação"
)
_MISSING_JA = (
    "サポートされていないリクエストです。ID「{id}」のオブジェクトが存在しない、アクセス許可が不足"
    "しているため読み込めない、またはこの操作をサポートしていません"
)
_WINDOW_PT = "(#10) Esta mensagem foi enviada fora da janela permitida."
_WINDOW_JA = "(#10) このメッセージは許可された期間外に送信されました。"

_TEXTS: Mapping[str, Mapping[AnyError, str]] = {
    "pt_BR": {
        GraphError.UNKNOWN: "Ocorreu um erro desconhecido.",
        GraphError.UNEXPECTED: "Ocorreu um erro inesperado. Tente novamente mais tarde.",
        GraphError.NO_CAPABILITY: "(#3) O aplicativo não tem a capacidade de fazer esta chamada.",
        GraphError.NO_PERMISSION: "(#10) O aplicativo não tem permissão para esta ação",
        GraphError.PERMISSION_MISSING: "(#10) O aplicativo não tem permissão para esta ação",
        GraphError.OUTSIDE_WINDOW: _WINDOW_PT,
        GraphError.NEVER_WROTE: _WINDOW_PT,
        GraphError.NO_MATCHING_CUSTOMER: "(#100) O usuário solicitado não foi encontrado.",
        GraphError.MISSING_GET: _MISSING_PT,
        GraphError.MISSING_POST: _MISSING_PT,
        GraphError.PROFILE_WITHOUT_ROLE: _MISSING_PT,
        GraphError.TOKEN_UNREADABLE: "O token de acesso não pôde ser descriptografado",
        GraphError.TOKEN_EXPIRED: (
            "Erro ao validar o token de acesso: a sessão expirou em {then}. A hora atual é {now}."
        ),
        GraphError.MESSAGE_ACCESS_OFF: (
            "(#200) O proprietário da conta desativou o acesso às mensagens diretas do Instagram."
        ),
        GraphError.NO_ROLE: (
            "(#200) Não é possível enviar mensagens a usuários que não sejam administradores, "
            "desenvolvedores ou testadores do aplicativo."
        ),
        GraphError.CUSTOMER_UNAVAILABLE: "(#551) Esta pessoa não está disponível no momento.",
        GraphError.CONSENT: "É necessário o consentimento do usuário para acessar o perfil",
        GraphError.MESSAGE_DELETED: "Esta mensagem foi excluída pelo usuário ou pela empresa.",
        MessagingError.MESSAGE_LIMIT: "(#613) As chamadas a esta API excederam o limite.",
    },
    "ja_JP": {
        GraphError.UNKNOWN: "不明なエラーが発生しました。",
        GraphError.UNEXPECTED: (
            "予期しないエラーが発生しました。しばらくしてからもう一度実行してください。"
        ),
        GraphError.NO_CAPABILITY: "(#3) アプリにはこのAPI呼び出しを行う機能がありません。",
        GraphError.NO_PERMISSION: "(#10) アプリにはこのアクションの許可がありません",
        GraphError.PERMISSION_MISSING: "(#10) アプリにはこのアクションの許可がありません",
        GraphError.OUTSIDE_WINDOW: _WINDOW_JA,
        GraphError.NEVER_WROTE: _WINDOW_JA,
        GraphError.NO_MATCHING_CUSTOMER: "(#100) リクエストされたユーザーが見つかりませんでした。",
        GraphError.MISSING_GET: _MISSING_JA,
        GraphError.MISSING_POST: _MISSING_JA,
        GraphError.PROFILE_WITHOUT_ROLE: _MISSING_JA,
        GraphError.TOKEN_UNREADABLE: "アクセストークンを解読できませんでした",
        GraphError.TOKEN_EXPIRED: (
            "アクセストークンの検証エラー: セッションは{then}に期限切れになりました。"
            "現在の時刻は{now}です。"
        ),
        GraphError.MESSAGE_ACCESS_OFF: (
            "(#200) アカウントの所有者が"
            "Instagramダイレクトメッセージへのアクセスをオフにしています。"
        ),
        GraphError.NO_ROLE: (
            "(#200) アプリの管理者、開発者、テスター以外のユーザーにメッセージを送信できません。"
        ),
        GraphError.CUSTOMER_UNAVAILABLE: "(#551) この人は現在利用できません。",
        GraphError.CONSENT: "ユーザープロフィールにアクセスするにはユーザーの同意が必要です",
        GraphError.MESSAGE_DELETED: (
            "このメッセージはユーザーまたはビジネスによって削除されました。"
        ),
        MessagingError.MESSAGE_LIMIT: "(#613) このAPIの呼び出しがレート制限を超えました。",
    },
}
_NOTHING: Mapping[AnyError, str] = {}


def texts_of(locale: str) -> Mapping[AnyError, str]:
    """What there is in this language; nothing for English and for languages that are not here."""
    return _TEXTS.get(locale, _NOTHING)
