#include "exporters/certificate/qr_code.h"

#include "pipeline/base/error.h"

#include <memory>
#include <qrencode.h>

namespace dengji::certificate {

QrCode::QrCode(const std::string& text) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_Q, QR_MODE_8, 1), &QRcode_free);
    if (!code) throw Error(ErrorKind::internal, "a QR code could not be made");
    size_ = code->width;
    for (int i = 0; i < size_ * size_; ++i) dark_.push_back((code->data[i] & 1) != 0);
}

bool QrCode::dark(int row, int column) const {
    return dark_[static_cast<std::size_t>(row * size_ + column)];
}

} // namespace dengji::certificate
