//! Parts of a definition by table and name, as in `transition.assign`.
//!
//! Whether the part exists is not known here.

use alloc::string::String;
use core::fmt;

use crate::error::Error;
use crate::id::Id;
use crate::read::{Leaf, Node, Reader, print_string};
use crate::text::words;

words! {
    /// The kind of a part: the table under which it is declared.
    pub enum PartKind as "a table of a definition, such as `transition` or `state`" {
        /// A citation (căn cứ pháp lý).
        Law = "law" ("Căn cứ pháp lý", "Citation"),
        /// A fact (thông tin của hồ sơ).
        Fact = "fact" ("Thông tin", "Fact"),
        /// A role (vai trò).
        Role = "role" ("Vai trò", "Role"),
        /// A shared database (cơ sở dữ liệu).
        Database = "database" ("Cơ sở dữ liệu", "Database"),
        /// A document (thành phần hồ sơ).
        Document = "document" ("Thành phần hồ sơ", "Document"),
        /// A result (kết quả).
        Result = "result" ("Kết quả", "Result"),
        /// A term (thời hạn).
        Term = "term" ("Thời hạn", "Term"),
        /// A consultation (lấy ý kiến).
        Consultation = "consultation" ("Lấy ý kiến", "Consultation"),
        /// A state (trạng thái).
        State = "state" ("Trạng thái", "State"),
        /// A transition (bước chuyển).
        Transition = "transition" ("Bước", "Transition"),
        /// A choice between transitions (lựa chọn).
        Choice = "choice" ("Lựa chọn", "Choice"),
        /// A fee (phí, lệ phí).
        Fee = "fee" ("Phí, lệ phí", "Fee"),
        /// Work of compliance (công việc tuân thủ).
        Activity = "activity" ("Công việc", "Activity"),
        /// A report that is owed (chế độ báo cáo).
        Report = "report" ("Chế độ báo cáo", "Report"),
        /// Applications that are meant to be decided otherwise (thay đổi).
        Change = "change" ("Thay đổi", "Change"),
        /// A waiver of a finding (chấp nhận ngoại lệ).
        Waiver = "waiver" ("Ngoại lệ", "Waiver"),
        /// How open dossiers pass to a version (chuyển phiên bản).
        Migration = "migration" ("Chuyển phiên bản", "Migration"),
    }
}

/// One part of a definition, written `transition.assign`.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Part {
    kind: PartKind,
    name: Id,
}

impl Part {
    pub(crate) const fn new(kind: PartKind, name: Id) -> Self {
        Self { kind, name }
    }

    /// Returns the table under which it is declared.
    #[must_use]
    pub const fn kind(&self) -> PartKind {
        self.kind
    }

    /// Returns its name inside that table.
    #[must_use]
    pub const fn name(&self) -> &Id {
        &self.name
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.kind, self.name)
    }
}

impl core::str::FromStr for Part {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || Error::value(text, Self::EXPECTED);
        let (kind, name) = text.split_once('.').ok_or_else(refused)?;
        Ok(Self { kind: kind.parse()?, name: Id::try_new(name).ok_or_else(refused)? })
    }
}

impl Leaf for Part {
    const EXPECTED: &'static str = "a part by table and name, as in `transition.assign`";

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        cx.parsed(node, Self::EXPECTED, |it| it.parse().ok())
    }

    fn print(&self, out: &mut String) {
        print_string(&alloc::format!("{self}"), out);
    }
}
