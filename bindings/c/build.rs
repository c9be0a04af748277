//! Gives the shared library the name under which programs ask for it: one per ABI.

/// Stands in `src/lib.rs` too; a test there holds them together.
const ABI: &str = "1";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-env=RELOCOST_SONAME_ABI={ABI}");
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "linux") {
        // Once loaded it stays: what its threads and its statics hold would otherwise be lost with a plugin's unloading.
        println!("cargo:rustc-cdylib-link-arg=-Wl,-z,nodelete");
        println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,librelocost.so.{ABI}");
    }
}
