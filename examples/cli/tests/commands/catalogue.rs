//! `hoso catalogue`: the whole list, its counts, and what does not add up.

use serde_json::Value;

use crate::desk::{hoso, json, keys};

fn find<'v>(list: &'v Value, id: &str) -> &'v Value {
    list.as_array().unwrap().iter().find(|it| it["id"] == id).unwrap()
}

#[test]
fn a_procedure_is_listed_with_what_definition_and_register_say() {
    let list = json(&["catalogue", "--on", "2025-09-15"], 0);
    assert_eq!(keys(&list), ["register", "on", "procedures", "essential", "counts", "figures"]);
    let house = find(&list["procedures"], "construction-permit-house");
    assert_eq!(house["code"], "1.013225");
    assert_eq!(house["authority"], "commune");
    assert_eq!(house["service-level"], "full");
    assert_eq!(house["essential"], Value::Null);
    assert_eq!(house["free-online"]["law"][0], "07/2023/NQ-HĐND");
    assert_eq!(house["free-online"]["until"], "2026-01-01");
    assert_eq!(house["in-force"], "2025-07");
    let stay = find(&list["procedures"], "temporary-residence");
    assert_eq!(stay["essential"], 4);
    assert_eq!(stay["free-online"], Value::Null);
}

#[test]
fn the_day_decides_what_is_in_force_and_free() {
    let early = json(&["catalogue", "--on", "2023-03-06"], 0);
    let house = find(&early["procedures"], "construction-permit-house");
    assert_eq!(house["in-force"], "2021-03");
    assert_eq!(house["authority"], "district");
    assert_eq!(house["service-level"], Value::Null);
    assert_eq!(house["free-online"], Value::Null);
    let later = json(&["catalogue", "--on", "2026-03-02"], 0);
    let house = find(&later["procedures"], "construction-permit-house");
    assert_eq!(house["free-online"]["law"][0], "77/2025/NQ-HĐND");
    let before = json(&["catalogue", "--on", "1999-03-01"], 0);
    assert_eq!(before["counts"]["in-force"], 0);
    assert_eq!(before["counts"]["free-online"], 0);
}

#[test]
fn every_row_of_the_essential_services_appears() {
    let list = json(&["catalogue", "--on", "2026-09-14"], 0);
    let rows = list["essential"].as_array().unwrap();
    assert_eq!(rows.len(), 25);
    assert_eq!(list["counts"]["essential"], 25);
    for row in rows {
        assert!(!row["procedures"].as_array().unwrap().is_empty(), "{row}");
    }
    let text = hoso(&["catalogue", "--on", "2026-09-14", "--lang", "vi"]).out;
    assert!(text.contains("  12  Đăng ký khai sinh: birth-registration"), "{text}");
}

#[test]
fn what_does_not_add_up_is_computed() {
    let list = json(&["catalogue"], 0);
    let city = find(&list["figures"], "procedures-2023");
    assert_eq!((&city["sum"], &city["holds"]), (&Value::from(1875), &Value::from(true)));
    let online = find(&list["figures"], "online-services-2023");
    assert_eq!((&online["sum"], &online["excess"]), (&Value::from(1984), &Value::from(117)));
    assert_eq!(online["objections"].as_array().unwrap().len(), 2, "{online}");
    let text = hoso(&["catalogue"]).out;
    for said in [
        "1,867 = 492 full + 1,492 partial",
        "! the parts add up to 1,984, 117 too many",
        "! 1,984 more than 1,875 (procedures-2023)",
        "! late: 0.3 % is not the ratio of the two",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn a_folder_without_the_register_is_held_against_the_one_built_in() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["temporary-residence-2024-01.toml", "temporary-residence-2025-07.toml"] {
        let path = crate::desk::repository().join("procedures").join(name);
        std::fs::copy(path, folder.path().join(name)).unwrap();
    }
    let folder = folder.path().to_str().unwrap();
    let list = json(&["catalogue", "--procedures", folder, "--on", "2026-03-02"], 0);
    assert_eq!(list["counts"]["procedures"], 1);
    assert_eq!(find(&list["procedures"], "temporary-residence")["missing"], false);
    assert_eq!(find(&list["procedures"], "birth-registration")["missing"], true);
    let text = hoso(&["catalogue", "--procedures", folder]).out;
    assert!(text.contains("birth-registration (missing)"), "{text}");
}

#[test]
fn an_unknown_register_is_status_two() {
    let said = crate::desk::fails(&["catalogue", "--register", "hanoii"]);
    assert!(said.contains("there is no register `hanoii`"), "{said}");
}
