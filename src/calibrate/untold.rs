//! What a log could not tell, said in both languages.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Display;

use super::estimates::Estimates;
use super::steps::TimeKind;
use crate::text::{Text, say};

/// Adds what could not be told to estimates.
pub(super) fn tell(estimates: &mut Estimates) {
    let mut untold = Vec::new();
    arrivals(estimates, &mut untold);
    steps(estimates, &mut untold);
    pools(estimates, &mut untold);
    cases(estimates, &mut untold);
    estimates.untold.extend(untold);
}

fn arrivals(estimates: &Estimates, untold: &mut Vec<Text>) {
    let Some(it) = &estimates.arrivals else {
        untold.push(say!(
            lang,
            "Không có việc nộp hồ sơ nào được ghi: không biết hồ sơ đến khi nào.",
            "No filing was recorded: it is not known when dossiers come in."
        ));
        return;
    };
    if let Some(spread) = it.cv {
        let (dispersion, cv) = (it.dispersion, it.gap_cv);
        untold.push(say!(
            lang,
            "Số hồ sơ mỗi ngày biến động hơn mức ngẫu nhiên (phương sai gấp {dispersion:.2} lần trung bình): kịch bản cho khoảng cách giữa các hồ sơ biến thiên {spread:.2} để các ngày khác nhau như thế; trong nhật ký là {cv:.2}. Vì sao các ngày khác nhau thì không biết.",
            "Days differ more than chance lets them (variance {dispersion:.2} times the mean): gaps between dossiers vary by {spread:.2} in the scenario, so that days differ as much; in the log gaps vary by {cv:.2}. Why days differ is not told."
        ));
    }
    let outside = it.outside;
    if outside > 0 {
        untold.push(say!(
            lang,
            "{outside} hồ sơ nộp ngoài giờ mà kịch bản cho phép nộp; chúng được tính vào trong giờ.",
            "{outside} dossiers were filed outside the hours in which the scenario lets people file."
        ));
    }
}

fn steps(estimates: &Estimates, untold: &mut Vec<Text>) {
    let all = estimates.steps.iter();
    let delayed = list(all.filter(|it| it.kind == TimeKind::Delay).map(|it| it.step));
    if !delayed.is_empty() {
        untold.push(say!(
            lang,
            "Thời gian xử lý của {delayed}: nhật ký không ghi lúc bắt đầu. Kịch bản dùng thời gian từ bước trước, gồm cả chờ, và không ai bận vì nó: thêm hay bớt người không làm nó thay đổi.",
            "The working time of {delayed}: the log does not say when work began. The scenario takes the time since the step before, queue included, and nobody is busy with it: more or fewer officers do not change it."
        ));
    }
    let assumed = list(estimates.steps.iter().filter(|it| it.assumed).map(|it| it.step));
    if !assumed.is_empty() {
        untold.push(say!(
            lang,
            "Không có hồ sơ nào giống một số trường hợp mà kịch bản có thể rút ra; để chúng đi tiếp, kịch bản giả định về {assumed}.",
            "No dossier was like some cases that the scenario may draw; so that they go on, it assumes something of {assumed}."
        ));
    }
    for it in estimates.answers.iter() {
        let (name, Some(other)) = (it.consultation, it.assumed_as) else { continue };
        untold.push(say!(
            lang,
            "Nhật ký không có trả lời nào của `{name}`; kịch bản giả định nó trả lời như `{other}`.",
            "The log has no answer of `{name}`; the scenario lets it answer as `{other}` did."
        ));
    }
    let never = list(estimates.never.iter());
    if !never.is_empty() {
        untold.push(say!(
            lang,
            "Các bước có thể có nhưng chưa từng xảy ra, nên không có trong kịch bản: {never}.",
            "Steps that were possible and never taken are not in the scenario: {never}."
        ));
    }
}

fn pools(estimates: &Estimates, untold: &mut Vec<Text>) {
    for pool in estimates.pools.iter().filter(|it| it.multitasks) {
        let (roles, at_once) = (list(pool.roles.iter()), pool.at_once);
        untold.push(say!(
            lang,
            "{roles}: một người làm nhiều hồ sơ cùng lúc, hoặc tên trong nhật ký là tên một bàn làm việc; số người lấy theo số hồ sơ cùng lúc nhiều nhất, {at_once}.",
            "{roles}: one person had several dossiers at a time, or the log names a desk and not a person; as many officers are taken as dossiers were worked on at once, {at_once}."
        ));
    }
}

fn cases(estimates: &Estimates, untold: &mut Vec<Text>) {
    untold.push(say!(
        lang,
        "Nghỉ vắng, thứ tự ưu tiên, phiên họp, số lần đi lại và ngày nộp phí: nhật ký không ghi.",
        "Absences, priorities, meeting days, visits and when fees are paid are not in a log."
    ));
    if estimates.facts.iter().filter(|it| it.values.len() > 1).count() > 1 {
        untold.push(say!(
            lang,
            "Các đặc điểm của hồ sơ được rút độc lập với nhau, dù trong thực tế chúng có thể liên quan.",
            "Facts of a case are drawn independently of each other, although they may hang together."
        ));
    }
    if estimates.channels.is_empty() {
        untold.push(say!(
            lang,
            "Kênh nộp hồ sơ không được ghi: lấy kênh đầu tiên của thủ tục.",
            "The channel of filing was not recorded: the first one of the procedure is taken."
        ));
    }
}

/// Returns names as a list.
fn list(names: impl Iterator<Item = impl Display>) -> String {
    let names: Vec<String> = names.map(|it| alloc::format!("`{it}`")).collect();
    names.join(", ")
}
