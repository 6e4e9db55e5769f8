//! What a text is about, told from the header that it must have.

/// The headers that tell the kinds of text apart.
pub(crate) const HEADS: [&str; 9] = [
    "procedure",
    "life-cycle",
    "bundle",
    "calendar",
    "tariff",
    "register",
    "authorities",
    "norms",
    "scenario",
];

/// Returns the first head table of a text, without parsing it.
pub(crate) fn head(text: &str) -> Option<&'static str> {
    text.lines().find_map(|line| {
        let line = line.trim_start();
        let line = line.strip_prefix('[').unwrap_or(line).trim_start();
        HEADS.into_iter().find(|head| {
            line.strip_prefix(head)
                .is_some_and(|rest| rest.trim_start().starts_with([']', '.', '=']))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_tells_the_kind() {
        assert_eq!(head("format = 1\n\n[procedure]\nid = 'a'"), Some("procedure"));
        assert_eq!(head("life-cycle.id = 'a'"), Some("life-cycle"));
        assert_eq!(head("[tariff ]"), Some("tariff"));
        assert_eq!(head("[procedures]"), None);
    }
}
