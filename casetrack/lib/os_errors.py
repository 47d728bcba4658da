"""Why the system would not let us read, write or connect, in words for whoever asked."""

import errno
import socket
import ssl

WORDS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已经存在",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘限额已用完",
    errno.EFBIG: "文件超过了允许的大小",
    errno.EROFS: "磁盘是只读的",
    errno.EIO: "磁盘读写出错",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "链接互相指向",
    errno.EMFILE: "打开的文件太多",
    errno.EPIPE: "接收的一方已经关闭",
    errno.ECONNREFUSED: "那里没有程序应答",
    errno.ECONNRESET: "对方断开了连接",
    errno.EHOSTUNREACH: "网络不通",
    errno.ENETUNREACH: "网络不通",
    socket.EAI_NONAME: "没有这个主机名",
    socket.EAI_AGAIN: "主机名一时查不到",
}


def reason_of(error: OSError) -> str:
    """In Chinese where it is one that people meet, else as the system has it."""
    if isinstance(error, TimeoutError):
        return "没有及时应答"
    if isinstance(error, ssl.SSLError):  # whose numbers are its own
        return "对方不是以 TLS 应答" if not isinstance(error, ssl.SSLCertVerificationError) else "证书不受信任"
    return WORDS.get(error.errno or 0) or error.strerror or str(error)
