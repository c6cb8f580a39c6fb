using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Daemon.Control;

/// <summary>Where the owner of a state folder listens.</summary>
internal static class ControlAddress
{
    /// <summary>The kernel allows 108 bytes for the path of a Unix socket, with its closing zero.</summary>
    private const int LongestPath = 104;

    public static UnixDomainSocketEndPoint Of(string stateFolder) => new(PathOf(stateFolder));

    /// <summary><c>control.sock</c> in the state folder (0700); for very long paths a name derived from it in the temporary folder.</summary>
    public static string PathOf(string stateFolder)
    {
        string path = Path.Combine(stateFolder, "control.sock");
        if (Encoding.UTF8.GetByteCount(path) <= LongestPath)
        {
            return path;
        }

        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(stateFolder));
        return Path.Combine(Path.GetTempPath(), $"plimsoll-{Environment.UserName}-{Convert.ToHexStringLower(digest.AsSpan(0, 8))}.sock");
    }
}
