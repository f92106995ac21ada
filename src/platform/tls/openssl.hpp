#pragma once
// OpenSSL's objects with an owner. Only for platform/tls.
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

namespace santong::tls {

template <auto Free>
struct Freeing {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
template <class T, auto Free>
using Owned = std::unique_ptr<T, Freeing<Free>>;

using X509Handle = Owned<X509, X509_free>;
using CrlHandle = Owned<X509_CRL, X509_CRL_free>;
using KeyHandle = Owned<EVP_PKEY, EVP_PKEY_free>;

/// Throws std::runtime_error with OpenSSL's own reason.
[[noreturn]] void fail(std::string const& what);

/// Throws if OpenSSL answers that it could not.
inline void must(int done, char const* what) {
    if (done <= 0) fail(what);
}

/// The same for what it makes.
template <class T>
T* made(T* object, char const* what) {
    if (!object) fail(what);
    return object;
}

}  // namespace santong::tls
