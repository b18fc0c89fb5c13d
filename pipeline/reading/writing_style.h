#pragma once

namespace dengji::reading {

/// Whether a sheet is filled by a printer or by hand, learnt while its fields are read: readers made for print agree on
/// print, and on nothing else.
class WritingStyle {
public:
    /// Two readers looked at a field with writing in it.
    void note(bool agreed) {
        ++looked_;
        agreed_ += agreed ? 1 : 0;
    }

    /// Then the reader for print need not be asked.
    bool by_hand() const { return looked_ >= enough && agreed_ * 4 <= looked_; }
    bool print() const { return looked_ >= enough && agreed_ * 2 >= looked_; }

private:
    static constexpr int enough = 8;
    int looked_ = 0, agreed_ = 0;
};

} // namespace dengji::reading
