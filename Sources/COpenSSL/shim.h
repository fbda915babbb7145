// OpenSSL 3 as Swift sees it. The header names what cannot be imported as it is: function-like macros become
// `static inline` functions and integer macros become constants. No logic lives here.
#ifndef CANARYGATE_COPENSSL_SHIM_H
#define CANARYGATE_COPENSSL_SHIM_H

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#endif
