//! Who works, and the steps.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;

use super::Page;
use super::words::{capital, chance, key, percent, ratio};
use crate::calibrate::estimates::StepEstimate;
use crate::calibrate::pools::{Counted, Pool};
use crate::calibrate::steps::TimeKind;
use crate::simulate::Basis;

impl Page<'_> {
    pub(super) fn pools(&mut self) {
        for (place, pool) in self.estimates.pools.iter().enumerate() {
            let Some(first) = pool.roles.first() else { continue };
            let name = if pool.roles.len() == 1 {
                format!("{first}")
            } else {
                format!("pool-{}", place + 1)
            };
            self.line(format!("\n[pool.{}]", key(&name)));
            let roles: Vec<String> = pool.roles.iter().map(|it| format!("\"{it}\"")).collect();
            self.line(format!("roles = [{}]", roles.join(", ")));
            self.line(format!("officers = {}", pool.officers));
            self.line(format!("hours = \"{}\"", pool.hours));
            let note = self.pool_note(pool);
            self.text("note", &note);
            if pool.counted != Counted::People {
                let assumed = self.pick(
                    "số người không đọc được trực tiếp từ nhật ký",
                    "the log does not tell the headcount itself",
                );
                self.text("assumed", assumed);
            }
        }
    }

    fn pool_note(&self, pool: &Pool) -> String {
        let lang = self.wording.lang;
        let counted = pool.counted.label(lang);
        let (people, at_once) = (pool.people, pool.at_once);
        let mut note = lang.pick(
            format!("Cách đếm: {counted}. Nhật ký nêu {people} tên."),
            format!("Counted by {counted}. The log names {people}."),
        );
        if let Some(load) = pool.load.map(percent) {
            note.push_str(&lang.pick(
                format!(" Nhiều nhất {at_once} hồ sơ cùng lúc; việc đã ghi chiếm {load} giờ làm."),
                format!(" At most {at_once} dossiers at once; the recorded work takes {load} of the hours."),
            ));
        }
        note
    }

    pub(super) fn step(&mut self, it: &StepEstimate) {
        self.line(format!("\n[step.{}]", key(it.step.as_str())));
        if !it.states.is_empty() {
            let states: Vec<String> = it.states.iter().map(|it| format!("\"{it}\"")).collect();
            self.line(format!("in = [{}]", states.join(", ")));
        }
        if let Some(share) = &it.share {
            self.line(format!("share = \"{}\"", ratio(share)));
        }
        if let Some(again) = &it.again {
            self.line(format!("again = \"{}\"", ratio(again)));
        }
        if let Some(role) = it.role.filter(|_| it.names_role) {
            self.line(format!("by = \"{role}\""));
        }
        self.time(it);
        if !it.sets.is_empty() {
            let sets: Vec<String> = it
                .sets
                .iter()
                .map(|(fact, value)| format!("{} = \"{value}\"", key(fact.as_str())))
                .collect();
            self.line(format!("sets = {{ {} }}", sets.join(", ")));
        }
        let note = self.step_note(it);
        self.text("note", &note);
        let delayed = self.pick(
            "nhật ký không ghi lúc bắt đầu: thời gian này gồm cả chờ, và không ai bận vì nó",
            "the log does not say when work began: this time holds the queue too, and nobody is busy with it",
        );
        let unseen = self.pick(
            "nhật ký không có hồ sơ nào như một số trường hợp cần bước này: bước được lấy để chúng đi tiếp",
            "no dossier of the log was like some cases that need this step: it is taken so that they go on",
        );
        let assumed: Vec<&str> = [(it.kind == TimeKind::Delay, delayed), (it.assumed, unseen)]
            .into_iter()
            .filter_map(|(holds, why)| holds.then_some(why))
            .collect();
        if !assumed.is_empty() {
            self.text("assumed", &assumed.join("; "));
        }
    }

    fn time(&mut self, it: &StepEstimate) {
        let word = if it.kind == TimeKind::Work { "work" } else { "wait" };
        match &it.time {
            Some(fit) => self.line(format!("{word} = {}", fit.distribution())),
            None => self.line("wait = \"0 seconds\""),
        }
        if word == "wait" && it.counted == Basis::Office {
            self.line("counted = \"office\"");
        }
    }

    fn step_note(&self, it: &StepEstimate) -> String {
        let lang = self.wording.lang;
        let times = it.times;
        let mut note = lang.pick(format!("{times} lần."), format!("{times} times."));
        if let Some(share) = &it.share {
            let word = lang.pick("Tỷ lệ", "Share");
            let _ = write!(note, " {word} {}.", chance(share));
        }
        if let Some(again) = &it.again {
            let word = lang.pick("Lần sau", "Again");
            let _ = write!(note, " {word} {}.", chance(again));
        }
        if let Some(fit) = &it.time {
            let kind = it.kind.label(lang);
            let _ = write!(note, " {}: {}", capital(kind), self.fit(fit));
        }
        note
    }
}
