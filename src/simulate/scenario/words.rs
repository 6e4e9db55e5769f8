//! The closed vocabularies of scenarios.

use crate::text::words;

words! {
    /// When people work, or file.
    pub enum Hours as "hours: `always`, `office`, or `reception` with its Saturdays" {
        /// Day and night.
        Always = "always" ("cả ngày đêm", "day and night"),
        /// The office sessions of the calendar.
        Office = "office" ("giờ hành chính", "office hours"),
        /// Those, and the hours in which dossiers are only received, such as Saturday mornings.
        Reception = "reception" ("giờ tiếp nhận", "hours of reception"),
    }

    /// Which dossier of a queue is taken first.
    pub enum Discipline as "a discipline: `first-come`, `due-first` or `priority`" {
        /// The one that has waited longest (đến trước, giải quyết trước).
        FirstCome = "first-come" ("đến trước làm trước", "first come, first served"),
        /// The one that is due first.
        DueFirst = "due-first" ("sắp đến hạn làm trước", "earliest due date first"),
        /// The one of the lowest number of priority; work that was begun is finished.
        Priority = "priority" ("theo mức ưu tiên", "by priority, without preemption"),
    }

    /// Over which hours a length of time counts.
    pub enum Basis as "over which hours it counts: `clock` or `office`" {
        /// Over all of them.
        Clock = "clock" ("giờ đồng hồ", "hours of the clock"),
        /// Over office hours.
        Office = "office" ("giờ hành chính", "office hours"),
    }

    /// What a published figure does in a scenario.
    pub enum FigureRole as "what a figure is: `input` or `check`" {
        /// The scenario is built on it.
        Input = "input" ("đầu vào", "input"),
        /// The results are compared with it.
        Check = "check" ("đối chiếu", "check"),
    }
}
