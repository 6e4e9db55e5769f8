//! Who works, and the steps.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;

use super::Page;
use super::words::{capital, chance, key, percent, ratio};
use crate::calibrate::estimates::{Chance, StepEstimate};
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
        for (word, shares) in [("share", &it.share), ("again", &it.again)] {
            if let Some(share) = shares.everywhere() {
                self.line(format!("{word} = \"{}\"", ratio(share)));
            } else if !shares.is_rest() {
                let by_state: Vec<String> = shares
                    .by_state()
                    .map(|(state, it)| format!("{} = \"{}\"", key(state.as_str()), ratio(it)))
                    .collect();
                self.line(format!("{word} = {{ {} }}", by_state.join(", ")));
            }
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
        let lessened = self.pick(
            "cùng với các bước khác, tỷ lệ đếm được vượt quá 100 %: phần vượt được trừ đi",
            "with the other ways out, the share that was counted makes more than all: what is too much is taken off",
        );
        let assumed: Vec<&str> = [
            (it.kind == TimeKind::Delay, delayed),
            (it.share.is_lessened() || it.again.is_lessened(), lessened),
            (it.assumed, unseen),
        ]
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
        let words = [lang.pick("Tỷ lệ", "Share"), lang.pick("Lần sau", "Again")];
        for (word, shares) in words.into_iter().zip([&it.share, &it.again]) {
            if let Some(share) = shares.everywhere() {
                let _ = write!(note, " {word} {}.", chance(share));
            }
            let mut by_state: Vec<(Vec<String>, &Chance)> = Vec::new();
            for (state, share) in shares.by_state() {
                let state = format!("`{state}`");
                match by_state.iter_mut().find(|it| it.1.is_of_the_same(share)) {
                    Some(it) => it.0.push(state),
                    None => by_state.push((Vec::from([state]), share)),
                }
            }
            for (states, share) in by_state {
                let (place, states) = (lang.pick("ở", "in"), states.join(", "));
                let _ = write!(note, " {word} {place} {states} {}.", chance(share));
            }
        }
        if let Some(fit) = &it.time {
            let kind = it.kind.label(lang);
            let _ = write!(note, " {}: {}", capital(kind), self.fit(fit));
        }
        note
    }
}
