#include "core/base/result.h"

namespace fairlead {

std::string_view name(ErrorCode code) {
    // A switch without default: the compiler names a code that has no entry.
    switch (code) {
        case ErrorCode::Cancelled: return "cancelled";
        case ErrorCode::InvalidArgument: return "invalid_argument";
        case ErrorCode::NotFound: return "not_found";
        case ErrorCode::AlreadyExists: return "already_exists";
        case ErrorCode::Io: return "io";
        case ErrorCode::DiskFull: return "disk_full";
        case ErrorCode::Internal: return "internal";
        case ErrorCode::WrongKey: return "wrong_key";
        case ErrorCode::Corrupt: return "corrupt";
        case ErrorCode::Busy: return "busy";
        case ErrorCode::NewerFormat: return "newer_format";
        case ErrorCode::OlderFormat: return "older_format";
        case ErrorCode::Denied: return "denied";
        case ErrorCode::WeakPassphrase: return "weak_passphrase";
        case ErrorCode::ExtractNotRegularFile: return "extract_not_regular_file";
        case ErrorCode::ExtractSize: return "extract_size";
        case ErrorCode::ExtractPlaintext: return "extract_plaintext";
        case ErrorCode::ExtractSidecar: return "extract_sidecar";
        case ErrorCode::ExtractDamaged: return "extract_damaged";
        case ErrorCode::ExtractSchema: return "extract_schema";
        case ErrorCode::ExtractValue: return "extract_value";
        case ErrorCode::ManifestMissing: return "manifest_missing";
        case ErrorCode::ManifestInvalid: return "manifest_invalid";
        case ErrorCode::ManifestUnsigned: return "manifest_unsigned";
        case ErrorCode::SignerUnknown: return "signer_unknown";
        case ErrorCode::SignatureInvalid: return "signature_invalid";
        case ErrorCode::HashMismatch: return "hash_mismatch";
        case ErrorCode::RowCountMismatch: return "row_count_mismatch";
        case ErrorCode::RetentionExpired: return "retention_expired";
        case ErrorCode::GatewayNotInForce: return "gateway_not_in_force";
        case ErrorCode::PeriodInvalid: return "period_invalid";
        case ErrorCode::AlreadyLoaded: return "already_loaded";
        case ErrorCode::SequenceReplay: return "sequence_replay";
        case ErrorCode::ParseError: return "parse_error";
        case ErrorCode::UnknownKey: return "unknown_key";
        case ErrorCode::UnknownColumn: return "unknown_column";
        case ErrorCode::MissingColumn: return "missing_column";
        case ErrorCode::Encoding: return "encoding";
    }
    return "internal";
}

}  // namespace fairlead
