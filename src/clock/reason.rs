//! Why a stretch of time counted or did not, for people, with its article.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Unit;
use crate::calendar::{Day, DayKind};
use crate::id::Id;
use crate::law::Citation;
use crate::read::Remarks;
use crate::source::Span;
use crate::text::{Lang, Text};

/// The Civil Code (Bộ luật Dân sự).
const CIVIL_CODE: &str = "91/2015/QH13";

/// Why a stretch of time counted, or did not.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Reason {
    /// The first day is excluded.
    FirstDay,
    /// It counted.
    Counted(Option<Unit>),
    /// It counted, being a day of rest that is worked in exchange.
    SwappedDay(Text),
    /// It counted as part of an extension.
    Extended,
    /// It is a day of rest: its kind, and its name if it has one.
    Rest(DayKind, Option<Text>),
    /// Offices are closed at this time of a working day.
    OutOfHours,
    /// Something suspended the term.
    Suspended(Id),
    /// The dossier was received after the cut-off.
    AfterCutOff,
    /// The competent agency had not yet received it.
    OnItsWay,
    /// The last day fell on rest, or a suspension began after it.
    Roll,
}

impl Reason {
    /// Returns the stable kebab-case word.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::FirstDay => "first-day",
            Self::Counted(_) => "counted",
            Self::SwappedDay(_) => "swap-work",
            Self::Extended => "extended",
            Self::Rest(kind, _) => kind.as_str(),
            Self::OutOfHours => "out-of-hours",
            Self::Suspended(_) => "suspended",
            Self::AfterCutOff => "after-cut-off",
            Self::OnItsWay => "on-its-way",
            Self::Roll => "roll",
        }
    }

    /// Returns true when the stretch counted.
    #[must_use]
    pub const fn counts(&self) -> bool {
        matches!(self, Self::Counted(_) | Self::SwappedDay(_) | Self::Extended)
    }

    /// Returns the reason for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let fixed = match self {
            Self::FirstDay => lang.pick("ngày đầu tiên không tính", "the first day is not counted"),
            Self::Counted(_) => lang.pick("được tính", "counted"),
            Self::Extended => lang.pick("được tính, thời gian gia hạn", "counted, extension"),
            Self::OutOfHours => lang.pick("ngoài giờ làm việc", "outside office hours"),
            Self::AfterCutOff => lang.pick("nhận sau giờ quy định", "received after the cut-off"),
            Self::OnItsWay => lang.pick(
                "cơ quan có thẩm quyền chưa nhận",
                "not yet received by the competent agency",
            ),
            Self::Roll => lang.pick(
                "kéo đến hết ngày làm việc tiếp theo",
                "rolled to the end of the next working day",
            ),
            Self::SwappedDay(name) => {
                return format!("{}: {}", lang.pick("được tính", "counted"), name.get(lang));
            }
            Self::Rest(kind, None) => kind.label(lang),
            Self::Rest(_, Some(name)) => name.get(lang),
            Self::Suspended(cause) => {
                return format!("{}: {cause}", lang.pick("tạm dừng", "suspended"));
            }
        };
        String::from(fixed)
    }

    /// Returns why a day is no working day.
    pub(crate) fn rest(day: Day<'_>) -> Self {
        Self::Rest(day.kind(), day.decree().map(|it| it.name().clone()))
    }

    /// Returns the articles on which the reason rests, beside what the calendar says.
    pub(crate) fn law(&self) -> Vec<Citation> {
        let article = match self {
            Self::FirstDay => "147(2)",
            Self::Roll => "148(5)",
            Self::Counted(Some(Unit::WorkingHours | Unit::ClockHours)) => "147(1)",
            Self::Counted(Some(Unit::Days)) => "148(1)",
            Self::Counted(Some(Unit::Months)) => "148(3)",
            Self::Counted(Some(Unit::Years)) => "148(4)",
            _ => return Vec::new(),
        };
        alloc::vec![civil_code(article)]
    }
}

fn civil_code(article: &str) -> Citation {
    Citation {
        instrument: Box::from(CIVIL_CODE),
        title: Some(Text::new("Bộ luật Dân sự", Some("Civil Code"))),
        article: Some(article.into()),
        in_force: None,
        certainty: None,
        remarks: Remarks::default(),
        span: Span::default(),
    }
}
