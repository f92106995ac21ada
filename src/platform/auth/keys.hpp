#pragma once
// Master keys (DESIGN 2): apart from the data, in a ring that turns. Nothing here is ever logged.
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace santong::auth {

/// What a key is for; each purpose has a key of its own, derived from a master key of the ring.
enum class KeyPurpose {
    person_keys,
    blind_index,
    tokens,
    signatures,
    audit_head,
    second_factor,
    certificate_authority,
    node_links
};

/// A sealed text that remembers the key it was sealed with.
struct Sealed {
    std::string key_id;
    std::string bytes;
};

/// Where the master keys come from: files (below) or a key service of the operator.
class KeySource {
public:
    virtual ~KeySource() = default;
    /// Ids of all master keys, the newest (used for new work) last; never empty.
    virtual std::vector<std::string> ids() const = 0;
    /// 32 bytes for one purpose; empty if the ring does not have that id.
    virtual std::optional<std::string> derived(std::string const& id, KeyPurpose purpose) const = 0;
    /// Adds a new master key; old ones stay to open what they sealed. Answers the new id.
    virtual std::string rotate() = 0;
};

/// A master key in clear; wipe it after use.
struct MasterKey {
    std::string id;
    std::string secret;  ///< 32 bytes
};
/// The master keys of a folder, oldest first; none if there is no such folder. Throws as `Keys::open` does.
std::vector<MasterKey> read_master_keys(std::string const& folder);
/// The name of its file: "master-<id>.key".
std::string master_key_file(std::string const& id);
/// Writes one into a folder that exists, durably and for its owner only (mode 0600).
void write_master_key(std::string const& folder, MasterKey const& key);

/// The keys of this process.
class Keys {
public:
    explicit Keys(std::unique_ptr<KeySource> source);
    /// Keys kept in `folder` (mode 0700), one file `master-<id>.key` each (mode 0600); made on the first start.
    /// Throws if a file is readable for others or damaged.
    static std::shared_ptr<Keys> open(std::string const& folder);
    /// Keys that are known already, of which nothing is written.
    static std::shared_ptr<Keys> of(std::vector<MasterKey> keys);
    /// Keys that live as long as the process: tests.
    static std::shared_ptr<Keys> in_memory();

    /// The keys that modules use; set by `server` before the first request. `current` throws while none are set.
    static void use(std::shared_ptr<Keys> keys);
    static Keys& current();

    /// Authenticated encryption under the newest key; `bound` must be the same when it is opened.
    Sealed seal(KeyPurpose purpose, std::string_view clear, std::string_view bound) const;
    /// Empty if the key is gone or the text was altered.
    std::optional<std::string> open(KeyPurpose purpose, Sealed const& sealed, std::string_view bound) const;
    /// HMAC-SHA256 under the *first* key of the ring: a blind index must stay the same when keys turn.
    std::string blind(std::string_view text) const;
    /// HMAC-SHA256 under the first key: tokens and codes, which must outlive a rotation.
    std::string token_mac(std::string_view text) const;
    /// Signature "id.base64url" under the newest key, and its check against the key it names.
    std::string sign(KeyPurpose purpose, std::string_view text) const;
    bool verify(KeyPurpose purpose, std::string_view text, std::string_view signature) const;

    std::string rotate();
    std::string newest_id() const;

private:
    std::string derived(std::string const& id, KeyPurpose purpose) const;
    std::unique_ptr<KeySource> source_;
};

}  // namespace santong::auth
