//! Random values of types, for tests with proptest.

use proptest::arbitrary::{Arbitrary, any};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use sample_types::*;
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

fn runner(cases: u32) -> TestRunner {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// Draws values of a type: each is valid, and equal to what is read of its JSON.
fn check<T>() -> Vec<T>
where
    T: Arbitrary + Validate + Serialize + DeserializeOwned + PartialEq + Debug + Clone,
{
    let mut runner = runner(1);
    let values = (0..80).map(|_| {
        let value = T::arbitrary().new_tree(&mut runner).unwrap().current();
        value.validate().unwrap();
        let json = serde_json::to_string(&value).unwrap();
        assert_eq!(from_json::<T>(json.as_bytes()).unwrap(), value, "{json}");
        value
    });
    values.collect()
}

#[test]
fn values_of_every_kind_are_valid() {
    check::<AppError>();
    check::<Book>();
    check::<Charge>();
    check::<Circle>();
    check::<ClientRegistrationRequest>();
    check::<Color>();
    check::<Consent>();
    check::<Event>();
    check::<Item>();
    check::<Level>();
    check::<Limit>();
    check::<Model>();
    check::<OAuthApp>();
    check::<Parcel>();
    check::<Payment>();
    check::<Rule>();
    check::<Setting>();
    check::<Shape>();
    check::<Sum>();
    check::<Switch>();
    check::<Transfer>();
    check::<Tried>();
    check::<Upload>();
    check::<Values>();
}

#[test]
fn values_are_of_all_kinds() {
    let errors = check::<AppError>();
    assert!(errors.iter().any(|error| error.id.is_none()));
    assert!(errors.iter().any(|error| error.id.as_deref() == Some("")));
    assert!(
        errors
            .iter()
            .any(|error| error.status_code == Some(i64::MAX))
    );
    let is_odd = |error: &AppError| error.message.as_ref().is_some_and(|text| !text.is_ascii());
    assert!(errors.iter().any(is_odd));
    // Books have books as parts.
    let books = check::<Book>();
    assert!(
        books
            .iter()
            .any(|book| book.parts.as_ref().is_some_and(|parts| !parts.is_empty()))
    );
}

#[test]
fn what_fails_is_made_as_simple_as_it_can_be() {
    let result = runner(1000).run(&any::<Charge>(), |charge| {
        if charge.amount > 1000 {
            return Err(TestCaseError::fail("too expensive"));
        }
        Ok(())
    });
    let Err(TestError::Fail(_, charge)) = result else {
        panic!("{result:?}");
    };
    // Nothing is left that the failure doesn't need.
    assert_eq!(serde_json::to_value(&charge).unwrap()["amount"], 1001);
    assert_eq!(
        (charge.note, charge.capture, charge.share),
        (None, None, None)
    );
}
