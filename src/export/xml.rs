//! A writer of XML: elements, attributes and text, escaped and indented.
//!
//! Nothing is read, and names are the writer's own: only values are escaped.

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use alloc::vec::Vec;

/// An element with its attributes and what stands inside.
#[derive(Clone, Debug)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    inside: Vec<Inside>,
}

#[derive(Clone, Debug)]
enum Inside {
    Element(Element),
    Text(String),
}

impl Element {
    pub(super) const fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), inside: Vec::new() }
    }

    /// Adds an attribute.
    pub(super) fn with(mut self, name: &'static str, value: impl AsRef<str>) -> Self {
        self.attributes.push((name, value.as_ref().to_owned()));
        self
    }

    /// Adds a text.
    pub(super) fn text(mut self, text: impl AsRef<str>) -> Self {
        self.inside.push(Inside::Text(text.as_ref().to_owned()));
        self
    }

    /// Adds an element.
    pub(super) fn child(mut self, child: Self) -> Self {
        self.inside.push(Inside::Element(child));
        self
    }

    /// Adds elements.
    pub(super) fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.inside.extend(children.into_iter().map(Inside::Element));
        self
    }

    /// Writes a document with this element as its root.
    pub(super) fn document(&self) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        self.write(0, &mut out);
        out
    }

    /// Writes the element, indented by a depth.
    pub(super) fn write(&self, depth: usize, out: &mut String) {
        indent(depth, out);
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(value, out);
            out.push('"');
        }
        if self.inside.is_empty() {
            out.push_str("/>\n");
            return;
        }
        out.push('>');
        let mixed = self.inside.iter().any(|it| matches!(it, Inside::Text(_)));
        if !mixed {
            out.push('\n');
        }
        for inside in &self.inside {
            match inside {
                Inside::Element(child) => child.write(depth + 1, out),
                Inside::Text(text) => escape(text, out),
            }
        }
        if !mixed {
            indent(depth, out);
        }
        out.push_str("</");
        out.push_str(self.name);
        out.push_str(">\n");
    }
}

fn indent(depth: usize, out: &mut String) {
    out.extend(core::iter::repeat_n("  ", depth));
}

/// Escapes text for elements and attributes; characters that XML 1.0 forbids become blanks.
fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\u{FFFE}' | '\u{FFFF}' => out.push(' '),
            it if it.is_control() => out.push(' '),
            it => out.push(it),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn values_are_escaped_and_text_is_not_indented() {
        let root = Element::new("a")
            .with("b", "\"x\" < y & z\n\u{1}")
            .child(Element::new("c").text("Đơn <1>"))
            .child(Element::new("d"));
        expect![[r#"
            <?xml version="1.0" encoding="UTF-8"?>
            <a b="&quot;x&quot; &lt; y &amp; z&#10; ">
              <c>Đơn &lt;1&gt;</c>
              <d/>
            </a>
        "#]]
        .assert_eq(&root.document());
    }
}
