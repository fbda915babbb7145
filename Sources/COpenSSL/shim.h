// OpenSSL 3 as Swift sees it. The header names what cannot be imported as it is: function-like macros become
// `static inline` functions and integer macros become constants. No logic lives here.
#ifndef CANARYGATE_COPENSSL_SHIM_H
#define CANARYGATE_COPENSSL_SHIM_H

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

static const uint64_t OPENSSL_OPTION_NO_TICKET = SSL_OP_NO_TICKET;
static const uint64_t OPENSSL_OPTION_NO_RENEGOTIATION = SSL_OP_NO_RENEGOTIATION;
static const uint64_t OPENSSL_OPTION_NO_COMPRESSION = SSL_OP_NO_COMPRESSION;
static const uint64_t OPENSSL_OPTION_CIPHER_SERVER_PREFERENCE = SSL_OP_CIPHER_SERVER_PREFERENCE;
static const uint64_t OPENSSL_OPTION_PRIORITIZE_CHACHA = SSL_OP_PRIORITIZE_CHACHA;

static inline long openssl_ctx_set_min_version(SSL_CTX *context, int version) {
    return SSL_CTX_set_min_proto_version(context, version);
}

static inline long openssl_ctx_set_mode(SSL_CTX *context, long mode) {
    return SSL_CTX_set_mode(context, mode);
}

static inline void openssl_ctx_set_read_ahead(SSL_CTX *context, int yes) {
    SSL_CTX_set_read_ahead(context, yes);
}

static inline long openssl_ctx_set_session_cache_mode(SSL_CTX *context, long mode) {
    return SSL_CTX_set_session_cache_mode(context, mode);
}

static inline int openssl_ctx_set_groups(SSL_CTX *context, const char *names) {
    return SSL_CTX_set1_groups_list(context, names);
}

static inline long openssl_ctx_add1_chain_cert(SSL_CTX *context, X509 *certificate) {
    return SSL_CTX_add1_chain_cert(context, certificate);
}

static inline long openssl_set_host_name(SSL *session, const char *name) {
    return SSL_set_tlsext_host_name(session, name);
}

static inline EVP_PKEY *openssl_new_p256_key(void) {
    return EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
}

static inline long openssl_bio_contents(BIO *memory, const char **start) {
    char *data = NULL;
    long length = BIO_get_mem_data(memory, &data);
    *start = data;
    return length;
}

static inline int openssl_general_name_count(const GENERAL_NAMES *names) {
    return sk_GENERAL_NAME_num(names);
}

static inline const GENERAL_NAME *openssl_general_name_at(const GENERAL_NAMES *names, int index) {
    return sk_GENERAL_NAME_value(names, index);
}

static inline void openssl_set_extension_context(X509V3_CTX *context, X509 *issuer, X509 *subject) {
    X509V3_set_ctx_nodb(context);
    X509V3_set_ctx(context, issuer, subject, NULL, NULL, 0);
}

static inline int openssl_error_reason(unsigned long code) {
    return ERR_GET_REASON(code);
}

static inline int openssl_error_library(unsigned long code) {
    return ERR_GET_LIB(code);
}

#endif
