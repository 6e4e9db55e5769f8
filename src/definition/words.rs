//! The closed vocabularies of definitions.
//!
//! Events, forms, portal checks and breaches hang on these words, so that code
//! can rely on them while procedures name their transitions as they like.

use crate::read::{Leaf, Node, Reader};
use crate::text::words;

words! {
    /// What a transition is in law (hành vi).
    pub enum Act as "an act of the procedure, such as `accept` or `request-supplement`" {
        /// The applicant files the dossier (nộp hồ sơ).
        File = "file" ("Nộp hồ sơ", "File"),
        /// The office accepts it as complete and issues the slip (tiếp nhận).
        Accept = "accept" ("Tiếp nhận hồ sơ", "Accept"),
        /// The office refuses to receive it (từ chối tiếp nhận).
        RefuseIntake = "refuse-intake" ("Từ chối tiếp nhận", "Refuse at intake"),
        /// The dossier goes to the officer who handles it (phân công).
        Assign = "assign" ("Phân công thụ lý", "Assign"),
        /// The office asks for what is missing (yêu cầu bổ sung).
        RequestSupplement = "request-supplement" ("Yêu cầu bổ sung", "Request a supplement"),
        /// The applicant brings what was missing (bổ sung).
        Supplement = "supplement" ("Bổ sung hồ sơ", "Supplement"),
        /// Facts are verified, at the desk or on site (thẩm tra, xác minh).
        Verify = "verify" ("Thẩm tra, xác minh", "Verify"),
        /// Other agencies are asked (lấy ý kiến).
        Consult = "consult" ("Lấy ý kiến", "Consult"),
        /// An agency answers (trả lời ý kiến).
        Answer = "answer" ("Trả lời ý kiến", "Answer"),
        /// The applicant must meet a financial obligation (yêu cầu thực hiện nghĩa vụ tài chính).
        DemandPayment = "demand-payment" ("Yêu cầu thực hiện nghĩa vụ tài chính", "Demand payment"),
        /// The obligation is met (nộp tiền).
        Pay = "pay" ("Thực hiện nghĩa vụ tài chính", "Pay"),
        /// The competent authority signs the result (phê duyệt).
        Decide = "decide" ("Phê duyệt kết quả", "Decide"),
        /// The competent authority refuses on the merits (từ chối giải quyết).
        Refuse = "refuse" ("Từ chối giải quyết", "Refuse on the merits"),
        /// The office apologises and names a new day (xin lỗi và hẹn lại).
        Apologise = "apologise" ("Xin lỗi và hẹn lại ngày trả kết quả", "Apologise and re-appoint"),
        /// A term is prolonged with written reasons (gia hạn).
        Extend = "extend" ("Gia hạn thời gian giải quyết", "Extend"),
        /// The applicant asks to stop (rút hồ sơ).
        Withdraw = "withdraw" ("Yêu cầu rút hồ sơ", "Withdraw"),
        /// The request to stop is turned down (không chấp nhận rút hồ sơ).
        RefuseWithdrawal = "refuse-withdrawal" ("Không chấp nhận rút hồ sơ", "Refuse the withdrawal"),
        /// The stop that the applicant asked for is notified (thông báo dừng).
        ConfirmStop = "confirm-stop" ("Thông báo dừng giải quyết", "Confirm the stop"),
        /// The office stops for another legal cause (dừng xử lý).
        Stop = "stop" ("Dừng xử lý", "Stop"),
        /// The applicant receives the result (trả kết quả).
        Return = "return" ("Trả kết quả", "Return the result"),
        /// The dossier moves to another version (chuyển phiên bản).
        Migrate = "migrate" ("Chuyển phiên bản thủ tục", "Migrate"),
        /// An internal step without a name in law.
        Plain = "plain" ("Bước nội bộ", "Internal step"),
    }

    /// How a dossier is filed (cách thức nộp hồ sơ).
    pub enum Channel as "a channel: `counter`, `postal` or `online`" {
        /// At the one-stop unit (trực tiếp).
        Counter = "counter" ("Trực tiếp", "At the counter"),
        /// By public postal service (bưu chính công ích).
        Postal = "postal" ("Bưu chính công ích", "By post"),
        /// On the National Public Service Portal (trực tuyến).
        Online = "online" ("Trực tuyến", "Online"),
    }

    /// How much of a procedure is done online (mức độ dịch vụ công trực tuyến).
    pub enum ServiceLevel as "a service level: `full`, `partial` or `information`" {
        /// All of it (toàn trình).
        Full = "full" ("Toàn trình", "Full"),
        /// Part of it (một phần).
        Partial = "partial" ("Một phần", "Partial"),
        /// Only information (cung cấp thông tin).
        Information = "information" ("Cung cấp thông tin", "Information"),
    }

    /// The level of the competent authority (cấp thực hiện).
    pub enum Level as "a level of authority: `ministry`, `province`, `district` or `commune`" {
        /// A ministry (cấp bộ).
        Ministry = "ministry" ("Cấp bộ", "Ministry"),
        /// A province or centrally run city (cấp tỉnh).
        Province = "province" ("Cấp tỉnh", "Province"),
        /// A district, until 30/06/2025 (cấp huyện).
        District = "district" ("Cấp huyện", "District"),
        /// A commune or ward (cấp xã).
        Commune = "commune" ("Cấp xã", "Commune"),
    }

    /// Which version governs an open dossier when a new one takes effect.
    pub enum Pinning as "a pinning rule: `at-acceptance`, `opt-in` or `on-effect`" {
        /// The version in force at acceptance, to the end.
        AtAcceptance = "at-acceptance" ("Theo phiên bản khi tiếp nhận", "As accepted"),
        /// The same, unless the applicant asks for the new one.
        OptIn = "opt-in" ("Theo yêu cầu của người nộp", "New version on request"),
        /// The new version from the day it takes effect.
        OnEffect = "on-effect" ("Theo phiên bản mới khi có hiệu lực", "New version on effect"),
    }

    /// Whether a definition is law today.
    pub enum Status as "a status: `in-force` or `proposed`" {
        /// In force in its effective interval.
        InForce = "in-force" ("Có hiệu lực", "In force"),
        /// A redesign that is not in force; the catalogue refuses it.
        Proposed = "proposed" ("Đề xuất", "Proposed"),
    }

    /// What silence of a consulted agency means.
    pub enum Silence as "what silence means: `consent` or `escalate`" {
        /// Agreement, as in construction permits.
        Consent = "consent" ("Coi như đồng ý", "Deemed consent"),
        /// Nothing; the head of the one-stop unit is told (Decree 61/2018, Art. 19(5)).
        Escalate = "escalate" ("Báo cáo người đứng đầu Bộ phận Một cửa", "Escalated"),
    }

    /// Whom a state waits for, outside the office.
    pub enum Waiting as "whom the state waits for: `applicant` or `agency`" {
        /// The applicant.
        Applicant = "applicant" ("Người nộp hồ sơ", "The applicant"),
        /// Another agency.
        Agency = "agency" ("Cơ quan phối hợp", "Another agency"),
    }

    /// What a transition does to a running term.
    pub enum ClockEffect as "a clock effect: `suspend`, `resume`, `restart`, `extend`, `stop` or `none`" {
        /// It stands still; the days run are kept.
        Suspend = "suspend" ("Tạm dừng", "Suspended"),
        /// It runs on.
        Resume = "resume" ("Tiếp tục", "Resumed"),
        /// It begins anew; the days run are dropped.
        Restart = "restart" ("Tính lại từ đầu", "Restarted"),
        /// It is prolonged by what the term allows.
        Extend = "extend" ("Gia hạn", "Extended"),
        /// It ends.
        Stop = "stop" ("Kết thúc", "Stopped"),
        /// Nothing; said where a reader would expect something.
        None = "none" ("Không đổi", "Unchanged"),
    }

    /// What becomes of a term when a dossier moves to another version.
    pub enum Carriage as "what becomes of a term: `keep`, `new-length`, `start` or `stop`" {
        /// It runs on by the earlier version's length, whatever the later one says.
        Keep = "keep" ("Giữ thời hạn cũ", "Keeps its length"),
        /// It takes the later version's length; what has run is kept.
        NewLength = "new-length" ("Theo thời hạn mới, giữ thời gian đã tính", "Takes the new length, what has run kept"),
        /// It starts with the move, since the earlier version had no such term.
        Start = "start" ("Bắt đầu tính khi chuyển", "Starts with the move"),
        /// It ends with the move, since the later version has no such term.
        Stop = "stop" ("Kết thúc khi chuyển", "Ends with the move"),
    }

    /// What happens when a transition is taken more often than the law allows.
    pub enum Beyond as "what happens beyond the limit: `refuse` or `breach`" {
        /// It is refused.
        Refuse = "refuse" ("Không cho phép", "Refused"),
        /// It is possible, and recorded as a breach of service.
        Breach = "breach" ("Ghi nhận vi phạm", "Recorded as a breach"),
    }

    /// Which transitions of a choice may hold for one case.
    pub enum HitPolicy as "a hit policy: `unique` or `first`" {
        /// Exactly one.
        Unique = "unique" ("Duy nhất", "Exactly one"),
        /// The first in the order of the list whose condition holds.
        First = "first" ("Theo thứ tự", "The first that holds"),
    }

    /// What work belongs to, as the official table of compliance costs groups it (Circular 02/2017/TT-VPCP).
    pub enum Task as "a task: `prepare`, `submit`, `pay`, `inspection`, `other` or `receive`" {
        /// The dossier is prepared, document by document (chuẩn bị hồ sơ).
        Prepare = "prepare" ("Chuẩn bị hồ sơ", "Prepare the dossier"),
        /// It is handed in (nộp hồ sơ).
        Submit = "submit" ("Nộp hồ sơ", "Submit"),
        /// Fees are paid (nộp phí, lệ phí).
        Pay = "pay" ("Nộp phí, lệ phí", "Pay"),
        /// An inspection or assessment is prepared for (chuẩn bị, phục vụ kiểm tra, đánh giá).
        Inspection = "inspection" ("Phục vụ kiểm tra, đánh giá", "Prepare for an inspection"),
        /// Other work (công việc khác).
        Other = "other" ("Công việc khác", "Other work"),
        /// The result is received (nhận kết quả).
        Receive = "receive" ("Nhận kết quả", "Receive the result"),
    }

    /// What becomes of an application.
    pub enum Ruling as "a ruling: `granted` or `refused`" {
        /// Its result is issued.
        Granted = "granted" ("Được giải quyết", "Granted"),
        /// It is refused, or not received.
        Refused = "refused" ("Bị từ chối", "Refused"),
    }

    /// A condition of a transition that is not a guard over facts.
    pub enum Requirement as "a requirement, such as `documents` or `fee-settled`" {
        /// Every document that applies is there, or a shared database answers for it.
        Documents = "documents" ("Đủ thành phần hồ sơ", "All documents"),
        /// Every fee that names no `due-before` is paid, or is zero; those that name this transition always are.
        FeeSettled = "fee-settled" ("Đã hoàn thành phí, lệ phí", "Fees settled"),
        /// Every consultation that applies is answered, or silence was consent.
        ConsultationsAnswered = "consultations-answered" ("Đã có ý kiến các cơ quan", "Consultations answered"),
        /// Reasons are given in writing.
        Reason = "reason" ("Nêu rõ lý do bằng văn bản", "Written reasons"),
        /// An apology names a new day; needed by the act itself.
        NewDay = "new-day" ("Nêu ngày hẹn trả mới", "A new day"),
        /// There is no decision and no result notice yet.
        NoResult = "no-result" ("Chưa có kết quả giải quyết", "No result yet"),
    }
}

impl Act {
    /// Returns the participle under which the event is stored.
    #[must_use]
    pub const fn happened(self) -> &'static str {
        match self {
            Self::File => "filed",
            Self::Accept => "accepted",
            Self::RefuseIntake => "intake-refused",
            Self::Assign => "assigned",
            Self::RequestSupplement => "supplement-requested",
            Self::Supplement => "supplemented",
            Self::Verify => "verified",
            Self::Consult => "consulted",
            Self::Answer => "answered",
            Self::DemandPayment => "payment-demanded",
            Self::Pay => "paid",
            Self::Decide => "decided",
            Self::Refuse => "refused",
            Self::Apologise => "apologised",
            Self::Extend => "extended",
            Self::Withdraw => "withdrawal-requested",
            Self::RefuseWithdrawal => "withdrawal-refused",
            Self::ConfirmStop => "stop-confirmed",
            Self::Stop => "stopped",
            Self::Return => "returned",
            Self::Migrate => "migrated",
            Self::Plain => "moved",
        }
    }

    /// Returns true when the act brings the result into being: a decision, or a refusal on the merits.
    #[must_use]
    pub const fn yields_result(self) -> bool {
        matches!(self, Self::Decide | Self::Refuse)
    }
}

/// Status of a dossier on the National Public Service Portal (trạng thái hồ sơ), 1 to 10.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(transparent))]
pub struct PortalStatus(u8);

impl PortalStatus {
    const LABELS: [(&'static str, &'static str); 10] = [
        ("Mới đăng ký", "newly registered"),
        ("Được tiếp nhận", "received"),
        ("Không được tiếp nhận", "not received"),
        ("Đang xử lý", "processing"),
        ("Yêu cầu bổ sung giấy tờ", "supplement requested"),
        ("Yêu cầu thực hiện nghĩa vụ tài chính", "financial obligation requested"),
        ("Công dân yêu cầu rút hồ sơ", "applicant asks to withdraw"),
        ("Dừng xử lý", "processing stopped"),
        ("Đã xử lý xong", "processed"),
        ("Đã trả kết quả", "result returned"),
    ];

    /// Creates a status; none outside 1 to 10.
    #[must_use]
    pub const fn new(code: u8) -> Option<Self> {
        if 1 <= code && code <= 10 { Some(Self(code)) } else { None }
    }

    /// Returns the code, 1 to 10.
    #[must_use]
    pub const fn code(self) -> u8 {
        self.0
    }

    /// Returns the label of the Portal.
    #[must_use]
    pub fn label(self, lang: crate::text::Lang) -> &'static str {
        let label = Self::LABELS.get(usize::from(self.0).saturating_sub(1));
        label.map_or("", |(vi, en)| lang.pick(vi, en))
    }

    /// Returns true for 7: the applicant wants the dossier back.
    #[must_use]
    pub const fn is_withdrawal(self) -> bool {
        self.0 == 7
    }

    /// Returns true for 8: the office stopped.
    #[must_use]
    pub const fn is_stopped(self) -> bool {
        self.0 == 8
    }

    /// Returns true for 9: there is a result that was not handed over yet.
    #[must_use]
    pub const fn is_processed(self) -> bool {
        self.0 == 9
    }

    /// Returns true for 10: the result was handed over.
    #[must_use]
    pub const fn is_returned(self) -> bool {
        self.0 == 10
    }

    /// Returns true for 3, 8 and 10: nothing follows.
    #[must_use]
    pub const fn is_terminal(self) -> bool {
        matches!(self.0, 3 | 8 | 10)
    }

    /// Returns true for 9 and the terminal ones: the statutory term no longer runs.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        self.is_processed() || self.is_terminal()
    }
}

impl core::fmt::Display for PortalStatus {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Display::fmt(&self.0, f)
    }
}

impl Leaf for PortalStatus {
    const EXPECTED: &'static str = "a status of the Portal, 1 to 10";

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        cx.whole(node, Self::EXPECTED, |it| u8::try_from(it).ok().and_then(Self::new))
    }

    fn print(&self, out: &mut alloc::string::String) {
        self.0.print(out);
    }
}
