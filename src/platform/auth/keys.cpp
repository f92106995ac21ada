#include "platform/auth/keys.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>

#include "core/id.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/private_file.hpp"

namespace santong::auth {

namespace {

constexpr std::size_t master_size = 32;

char const* label(KeyPurpose purpose) {
    switch (purpose) {
        case KeyPurpose::person_keys: return "santong/person-keys";
        case KeyPurpose::blind_index: return "santong/blind-index";
        case KeyPurpose::tokens: return "santong/tokens";
        case KeyPurpose::signatures: return "santong/signatures";
        case KeyPurpose::audit_head: return "santong/audit-head";
        case KeyPurpose::second_factor: return "santong/second-factor";
        case KeyPurpose::certificate_authority: return "santong/certificate-authority";
        case KeyPurpose::node_links: return "santong/node-links";
    }
    throw std::logic_error("a key purpose without a label");
}

/// Master keys in memory; a purpose's key is HMAC(master, label), as in HKDF-Expand for one block.
class KeyRing : public KeySource {
public:
    std::vector<std::string> ids() const override {
        std::shared_lock lock(mutex_);
        std::vector<std::string> out;
        for (auto const& [id, key] : masters_) out.push_back(id);
        return out;
    }
    std::optional<std::string> derived(std::string const& id, KeyPurpose purpose) const override {
        std::shared_lock lock(mutex_);
        auto found = masters_.find(id);
        if (found == masters_.end()) return std::nullopt;
        return crypto::hmac_sha256(found->second, label(purpose));
    }
    std::string rotate() override {
        std::string id = core::Uuid::make().text();
        std::string master = crypto::random_bytes(master_size);
        keep(id, master);
        add(id, std::move(master));
        return id;
    }

protected:
    /// Writes a new master key to where it lasts.
    virtual void keep(std::string const&, std::string const&) {}
    void add(std::string const& id, std::string master) {
        std::unique_lock lock(mutex_);
        masters_[id] = std::move(master);
    }
    bool empty() const {
        std::shared_lock lock(mutex_);
        return masters_.empty();
    }

private:
    mutable std::shared_mutex mutex_;
    std::map<std::string, std::string> masters_;  // UUIDv7 ids sort by age
};

class MemoryRing final : public KeyRing {
public:
    MemoryRing() { rotate(); }
    explicit MemoryRing(std::vector<MasterKey> keys) {
        for (auto& key : keys) add(key.id, std::move(key.secret));
    }
};

constexpr std::string_view prefix = "master-";
constexpr std::string_view suffix = ".key";

std::string read_key_file(std::filesystem::path const& path) {
    auto master = read_private_file(path);
    if (master.size() != master_size) throw std::runtime_error("key file " + path.filename().string() + " is damaged");
    return master;
}

class FolderRing final : public KeyRing {
public:
    explicit FolderRing(std::string folder) : folder_(std::move(folder)) {
        std::filesystem::create_directories(folder_);
        std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
        for (auto& key : read_master_keys(folder_)) add(key.id, std::move(key.secret));
        if (empty()) rotate();
    }

protected:
    void keep(std::string const& id, std::string const& master) override { write_master_key(folder_, {id, master}); }

private:
    std::string folder_;
};

std::shared_ptr<Keys>& current_slot() {
    static std::shared_ptr<Keys> slot;
    return slot;
}

}  // namespace

std::vector<MasterKey> read_master_keys(std::string const& folder) {
    std::vector<MasterKey> keys;
    if (!std::filesystem::is_directory(folder)) return keys;
    for (auto const& file : std::filesystem::directory_iterator(folder)) {
        std::string const name = file.path().filename().string();
        if (!name.starts_with(prefix) || !name.ends_with(suffix)) continue;
        keys.push_back(
            {name.substr(prefix.size(), name.size() - prefix.size() - suffix.size()), read_key_file(file.path())});
    }
    std::sort(keys.begin(), keys.end(), [](auto const& a, auto const& b) { return a.id < b.id; });
    return keys;
}

std::string master_key_file(std::string const& id) {
    return std::string(prefix) + id + std::string(suffix);
}

void write_master_key(std::string const& folder, MasterKey const& key) {
    write_private_file(folder + "/" + master_key_file(key.id), key.secret);
}

Keys::Keys(std::unique_ptr<KeySource> source) : source_(std::move(source)) {}

std::shared_ptr<Keys> Keys::open(std::string const& folder) {
    return std::make_shared<Keys>(std::make_unique<FolderRing>(folder));
}

std::shared_ptr<Keys> Keys::of(std::vector<MasterKey> keys) {
    return std::make_shared<Keys>(std::make_unique<MemoryRing>(std::move(keys)));
}

std::shared_ptr<Keys> Keys::in_memory() {
    return std::make_shared<Keys>(std::make_unique<MemoryRing>());
}

void Keys::use(std::shared_ptr<Keys> keys) {
    current_slot() = std::move(keys);
}

Keys& Keys::current() {
    if (!current_slot()) throw std::logic_error("no keys are open");
    return *current_slot();
}

std::string Keys::derived(std::string const& id, KeyPurpose purpose) const {
    auto key = source_->derived(id, purpose);
    if (!key) throw std::runtime_error("a master key is missing");
    return std::move(*key);
}

Sealed Keys::seal(KeyPurpose purpose, std::string_view clear, std::string_view bound) const {
    std::string id = newest_id();
    std::string bytes = crypto::seal(derived(id, purpose), clear, bound);
    return {std::move(id), std::move(bytes)};
}

std::optional<std::string> Keys::open(KeyPurpose purpose, Sealed const& sealed, std::string_view bound) const {
    auto key = source_->derived(sealed.key_id, purpose);
    if (!key) return std::nullopt;
    return crypto::open(*key, sealed.bytes, bound);
}

std::string Keys::blind(std::string_view text) const {
    return crypto::hmac_sha256(derived(source_->ids().front(), KeyPurpose::blind_index), text);
}

std::string Keys::token_mac(std::string_view text) const {
    return crypto::hmac_sha256(derived(source_->ids().front(), KeyPurpose::tokens), text);
}

std::string Keys::sign(KeyPurpose purpose, std::string_view text) const {
    std::string const id = newest_id();
    return id + "." + crypto::base64url(crypto::hmac_sha256(derived(id, purpose), text));
}

bool Keys::verify(KeyPurpose purpose, std::string_view text, std::string_view signature) const {
    auto const dot = signature.find('.');
    if (dot == std::string_view::npos) return false;
    auto key = source_->derived(std::string(signature.substr(0, dot)), purpose);
    if (!key) return false;
    return crypto::equal(signature.substr(dot + 1), crypto::base64url(crypto::hmac_sha256(*key, text)));
}

std::string Keys::rotate() {
    return source_->rotate();
}

std::string Keys::newest_id() const {
    return source_->ids().back();
}

}  // namespace santong::auth
