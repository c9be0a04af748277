//! Uncertainty: a scenario's pathways on many draws of its uncertain parameters.

mod numbers;
mod sampling;
