using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Daemon.Slack;

/// <summary>Checks that a request comes from Slack, and that it is not an old one sent again.</summary>
/// <remarks>https://docs.slack.dev/authentication/verifying-requests-from-slack: v0=HMAC-SHA256(secret, "v0:" + timestamp + ":" + body), at most five minutes old.</remarks>
internal sealed class SlackSignature(string secret, TimeProvider time)
{
    private const string Version = "v0";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly byte[] key = Encoding.UTF8.GetBytes(secret);

    /// <summary>Why a request is not believed; null = it is Slack's.</summary>
    /// <param name="timestamp">Header X-Slack-Request-Timestamp.</param>
    /// <param name="signature">Header X-Slack-Signature.</param>
    public string? Refuses(string? timestamp, string? signature, ReadOnlySpan<byte> body)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) || string.IsNullOrEmpty(signature))
        {
            return "the request is not signed";
        }

        // Compared as numbers: a timestamp may be any number at all.
        if (Math.Abs((decimal)time.GetUtcNow().ToUnixTimeSeconds() - seconds) > (decimal)Window.TotalSeconds)
        {
            return "the request is older than five minutes, or from the future";
        }

        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(timestamp, body)), Encoding.UTF8.GetBytes(signature)) ? null : "the signature is not Slack's";
    }

    /// <summary>The signature of a body.</summary>
    public string Of(string timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes($"{Version}:{timestamp}:"));
        hash.AppendData(body);
        return $"{Version}={Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
