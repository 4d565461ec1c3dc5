"""The words of ticket shops and spreadsheets, in the languages of the congress's cities. They are compared folded.

The order is English, Spanish and Catalan, German, French, Italian and Portuguese, Dutch, other scripts. Of headings the
most certain word comes first.
"""

from people.models import Pass

HEADINGS = {  # our field -> its headings, parted by "/"
    "ticket": """ticket reference/ticket id/ticket code/ticket number/ticketnummer/ticket/reference/referencia/
        referència/entrada/order code/order/order position/order number/order id/bestellnummer/bestellung/pedido/
        número de pedido/comanda/référence/commande/numéro de commande/ordine/riferimento/encomenda/bestelnummer/
        code/código/codi/订单号/票号/編號/注文番号""",
    "position": """position id/order position id/position number/position no/pos id/positionsnummer""",
    "email": """attendee email/attendee email address/participant email/ticket holder email/email address/email/mail/
        e-mail/correo/correo electrónico/dirección de correo/dirección de correo electrónico/correu electrònic/correu/
        adreça electrònica/adreça de correu/adreça de correu electrònic/email del asistente/email de l’assistent/
        e-mail-adresse/mailadresse/teilnehmer e-mail/courriel/adresse e-mail/adresse mail/adresse courriel/
        adresse électronique/adresse de courriel/indirizzo e-mail/indirizzo di posta elettronica/posta elettronica/
        correio eletrônico/correio electrónico/endereço de e-mail/endereço eletrônico/e-mailadres/
        电子邮件/电子邮箱/邮箱/邮箱地址/电子邮件地址/邮件/電子郵件/電郵/電子信箱/メール/メールアドレス/이메일/
        이메일 주소/электронная почта/эл. почта/البريد الإلكتروني""",
    "buyer": """buyer email/order email/customer email/purchaser email/billing email/email comprador/email""",
    "name": """attendee name/participant name/ticket holder/full name/display name/nombre completo/nombre y apellidos/
        nom complet/nom i cognoms/teilnehmer/teilnehmername/vor- und nachname/nom et prénom/nome completo/
        nome e cognome/volledige naam/name/nombre/nom/nome/naam/姓名/名字/氏名/お名前/이름/имя и фамилия/الاسم""",
    "first_name": """attendee first name/attendee name: given name/first name/given name/given names/forename/
        nombre de pila/nom de pila/vorname/prénom/prénoms/nome próprio/voornaam/名/имя""",
    "last_name": """attendee last name/attendee name: family name/last name/surname/family name/apellido/apellidos/
        cognom/cognoms/nachname/familienname/zuname/nom de famille/cognome/sobrenome/apelido/achternaam/姓/姓氏/
        фамилия""",
    "organisation": """organisation/organization/company/employer/affiliation/institution/empresa/organización/
        organització/firma/unternehmen/société/entreprise/azienda/organizzazione/organização/bedrijf/公司/单位/機構/
        会社/회사/организация""",
    "job_title": """role/job title/position/title/cargo/càrrec/puesto/funktion/fonction/poste/ruolo/função/
        functie/职位/職稱""",
    "city": "city/town/ciudad/ciutat/stadt/ort/ville/città/cidade/城市",
    "country": "country/pais/país/land/pays/paese/国家/國家/国",
    "pass": """pass/pass type/product/item/ticket type/ticket name/category/tipo/tipus/entrada tipo/tipo de entrada/
        tipus d’entrada/produkt/kategorie/ticketart/tickettyp/produit/type de billet/catégorie/categoría/prodotto/
        tipo di biglietto/produto/tipo de ingresso/票种/票種/ticket/entrada""",
    "status": """status/order status/payment status/ticket status/attendee status/state/estado/estat/
        bestellstatus/statut/
        état/stato/situação/状态/狀態/订单状态/ステータス/상태/статус""",
    "addon": """add-on to position id/add-on to/addon to/add-on/zusatzprodukt zu position/zusatzprodukt zu/
        complemento de/complément de""",
    "test": "test order/test mode/testmode/test/testbestellung/testmodus/modo de prueba/mode de test",
    "admission": "admission/admission ticket/is admission/zutritt/eintritt",
}
ONE_NAME = "name/nombre/nom/nome/naam"  # beside a column of last names a first name, beside one of first names a last
KINDS = "ticket/entrada"  # a column of that name holds references, or else what kind of ticket each is

# A pass -> the words of a ticket's name that mean it. Of six letters and more a beginning is enough ("ponent": ponente,
# ponentes, ponentas); where a script parts no words, any place in the name.
PASSES = {
    Pass.SPEAKER: "speaker ponent referent redner vortragende orateur oratrice intervenant relator relatrice "
    "palestrant orador spreker 演讲 講者 讲者 登壇 докладчик",
    Pass.PRESS: "press presse prensa premsa stampa imprensa 媒体 媒體 プレス пресса",
    Pass.EXHIBITOR: "exhibitor expositor aussteller exposant espositor espositrice standhouder 参展 參展 出展",
    Pass.JURY: "jury jurado jurat jurats juror jurors giuria júri 评委 評委",
    Pass.ORGANISER: "organiser organizer organizador organitzador veranstalter organisateur organizzator organisator "
    "主办 主辦",
}
PLACES = {  # the same for where somebody takes part
    Pass.ONLINE: "online virtual virtuel virtuale remote streaming livestream distanciel 线上 線上 在线 オンライン "
    "온라인 онлайн",
    Pass.ON_SITE: "onsite presencial presenciel présentiel vorort 现场 現場 现地 現地 会場 线下 線下 현장",
}
PHRASES = {  # the same, of several words that stand together
    Pass.ON_SITE: "on-site/in person/vor ort/sur place/en persona/en présentiel/in presenza/ter plaatse",
    Pass.ONLINE: "en línea/en línia/en ligne/à distance/a distancia/a distanza/op afstand",
}
NOT = "no non not without ohne sin sense sans senza sem zonder kein nicht"
# Things that let nobody in. Together with a word of WITH they say nothing: the ticket includes them.
ADD_ONS = """tshirt tshirts shirt shirts camiseta samarreta hoodie hoodies mug mugs parking parkplatz parkticket
    aparcamiento aparcament estacionamiento estacionamento stationnement parcheggio parkeren donation donación donació
    spende spenden donazione doação merchandise voucher gutschein 停车 停車 T恤 捐款 駐車"""
WITH = """ticket pass admission entry incl including includes included inclusive inkl with und and mit con amb i y e
    avec et com met plus entrada billet biglietto ingresso"""

VALID = """valid/paid/confirmed/complete/completed/active/approved/issued/attending/registered/checked in/accepted/ok/
    pagado/pagada/pagat/confirmado/confirmada/confirmat/válido/válida/vàlid/vàlida/activo/activa/completado/completada/
    aprobado/aceptado/acceptat/registrado/inscrito/inscrita/inscrit/
    bezahlt/bestätigt/gültig/aktiv/abgeschlossen/genehmigt/angemeldet/eingecheckt/
    payé/payée/confirmé/confirmée/valide/validé/validée/inscrite/actif/
    pagato/pagata/confermato/confermata/valido/valida/pago/paga/confirmada/ativo/betaald/bevestigd/geldig/
    已付款/已支付/已确认/已確認/有效/已完成/支払済/支払済み/確定/결제완료/확정/оплачен/оплачено/подтвержден/مدفوع/p"""
CANCELLED = """canceled/cancelled/refunded/void/voided/deleted/withdrawn/revoked/not attending/order canceled/
    order cancelled/invalid/
    cancelado/cancelada/anulado/anulada/reembolsado/reembolsada/devuelto/cancel·lat/cancel·lada/anul·lat/anul·lada/
    anullat/anullada/cancellat/cancellada/reemborsat/reemborsada/
    storniert/abgesagt/annulliert/erstattet/rückerstattet/gelöscht/ungültig/
    annulé/annulée/remboursé/remboursée/annullato/annullata/cancellato/cancellata/rimborsato/rimborsata/
    geannuleerd/terugbetaald/
    已取消/取消/已退款/退款/作废/作廢/無効/キャンセル/キャンセル済/キャンセル済み/返金済み/취소/취소됨/환불/
    отменен/отменён/отменено/возвращен/ملغى/ملغي/c"""
NOT_HELD = """pending/expired/unpaid/overdue/failed/declined/rejected/approval pending/awaiting approval/on hold/
    on-hold/not paid/draft/abandoned/waiting list/waitlist/waitlisted/test/test order/test mode/testmode/
    pending payment/
    awaiting payment/
    pendiente/pendiente de pago/caducado/caducada/expirado/impagado/no pagado/rechazado/pendent/caducat/
    no pagat/rebutjat/
    en lista de espera/lista de espera/prueba/prova/
    ausstehend/offen/unbezahlt/nicht bezahlt/abgelaufen/überfällig/abgelehnt/freigabe ausstehend/warteliste/
    testbestellung/
    en attente/impayé/impayée/non payé/expiré/expirée/refusé/refusée/liste d’attente/
    in attesa/non pagato/scaduto/scaduta/pendente/expirado/não pago/recusado/openstaand/verlopen/
    待付款/未付款/未支付/待支付/已过期/已過期/待审核/待審核/未払い/期限切れ/미결제/대기/не оплачен/не оплачено/
    просрочен/n/e"""

YES = "yes y true 1 x test testmode sí si ja j wahr oui o vrai sì sim s verdadero 是 はい 예 да"
NO = "no n false 0 none nein falsch non faux não nao nee falso 否 无 無 いいえ 아니요 нет"
