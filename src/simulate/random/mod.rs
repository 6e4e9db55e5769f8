//! Keyed luck, and the distributions that turn it into lengths of time.
//!
//! One uniform number makes one variate, by inversion, so that two designs
//! share their luck. Nothing here holds a state that a thread could disturb.
