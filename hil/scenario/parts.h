// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>

#include "hil/scenario/fields.h"
#include "hil/scenario/sources.h"

namespace jh {

class PartReader;

template <class T>
using Describe = void (*)(Fields&, T&);
/// Of what has parts of its own that may be other files.
template <class T>
using DescribeWithParts = void (*)(Fields&, T&, PartReader&);

/// Reads one document; true when nothing is wrong with it.
template <class T, class How>
bool readInto(T& value, const TreeNode& root, const std::string& prefix, const How& describe,
              Diagnostics& diagnostics) {
    Problems problems{root, prefix, diagnostics};
    Place{&root, nullptr, "", &problems}.bind(value, describe);
    return problems.none();
}

/// Parts of a document that may be other files.
class PartReader {
public:
    /// `prefix` is put before paths: the place of this document within another.
    PartReader(FileChain chain, Diagnostics& diagnostics, std::string prefix = {})
        : chain_{std::move(chain)}, diagnostics_{diagnostics}, prefix_{std::move(prefix)} {}

    /// A description with what it needs to read its parts.
    template <class T>
    static auto with(DescribeWithParts<T> how, PartReader& parts) {
        return [how, &parts](Fields& fields, T& value) { how(fields, value, parts); };
    }
    template <class T>
    static Describe<T> with(Describe<T> how, PartReader&) {
        return how;
    }

    /// The name of a file or the thing itself. `within` leads to the map that holds the part. True
    /// when nothing is wrong with it.
    template <class T, class How>
    bool read(Fields& fields, const std::string& within, const std::string& key, T& value,
              const How& how) {
        auto place = fields.at(key);
        if (!place) return false;
        if (!fields.reading()) {
            place->bind(value, with(how, *this));
            return true;
        }
        const TreeNode& node = *place->node();
        const std::string path = prefix_ + within + key;
        if (node.kind == TreeNode::Kind::map) {
            const auto whole = openInline(node, path, key, chain_, diagnostics_);
            PartReader inside{chain_, diagnostics_, path + '.'};
            return seen(whole &&
                        readInto(value, *whole, path + '.', with(how, inside), diagnostics_) &&
                        inside.sound_);
        }
        const auto document = openReference(node, path, key, chain_, diagnostics_);
        if (!document) return seen(false);
        PartReader inside{document->chain, diagnostics_};
        return seen(readInto(value, document->root, "", with(how, inside), diagnostics_) &&
                    inside.sound_);
    }
    template <class T, class How>
    bool read(Fields& fields, const std::string& key, T& value, const How& how) {
        return read(fields, "", key, value, how);
    }

private:
    /// What holds a part that is wrong is not right either.
    bool seen(bool right) {
        sound_ = sound_ && right;
        return right;
    }

    FileChain chain_;
    Diagnostics& diagnostics_;
    std::string prefix_;
    bool sound_{true};
};

}  // namespace jh
