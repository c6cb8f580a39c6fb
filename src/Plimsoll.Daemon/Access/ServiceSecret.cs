using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;

namespace Plimsoll.Daemon.Access;

/// <summary>The token made at first start (file <c>token</c> of the state folder, 0600), and the tokens of attempts that follow from it.</summary>
/// <remarks>Comparisons take the same time whatever they find.</remarks>
internal sealed class ServiceSecret
{
    private const string AttemptPrefix = "pla_";
    private readonly byte[] key;
    private readonly byte[] digest;

    private ServiceSecret(string token)
    {
        Token = token;
        key = Encoding.ASCII.GetBytes(token);
        digest = SHA256.HashData(key);
    }

    /// <summary>The administrator's token.</summary>
    public string Token { get; }

    public static string PathOf(string stateFolder) => Path.Combine(stateFolder, "token");

    /// <summary>Reads the token, or makes one; the file must be for its owner's eyes only.</summary>
    /// <exception cref="JournalException">It cannot be read or written, or others may read it.</exception>
    public static ServiceSecret Open(string stateFolder)
    {
        string path = PathOf(stateFolder);
        try
        {
            if (!File.Exists(path))
            {
                using var file = new FileStream(path, new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                });
                file.Write(Encoding.ASCII.GetBytes("pls_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) + "\n"));
            }

            if ((File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != UnixFileMode.None)
            {
                throw new JournalException($"{path}: others may read the service's token. Run chmod 600 on it, or delete it for a new one.", retryable: false);
            }

            string token = File.ReadAllText(path).Trim();
            return token.Length >= 32
                ? new ServiceSecret(token)
                : throw new JournalException($"{path}: the service's token has {token.Length} characters and needs at least 32. Delete the file for a new one.", retryable: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"{path}: the service's token cannot be read or written ({error.Message}).", retryable: false, error);
        }
    }

    /// <summary>The token of an attempt; worth something while the attempt lives.</summary>
    public string Of(AttemptId attempt)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{attempt.Task.Value}.{attempt.Number}.{attempt.Fence}");
        return $"{AttemptPrefix}{name}.{Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(name)).AsSpan(0, 20))}";
    }

    /// <summary>What only this service can make of a text: its HMAC under the secret, in hexadecimal digits.</summary>
    public string Seal(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    /// <summary>True for the administrator's token.</summary>
    public bool Is(string token) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token)), digest);

    /// <summary>The attempt a token belongs to; null when it is none of ours.</summary>
    public AttemptId? AttemptOf(string token)
    {
        string[] parts = token.StartsWith(AttemptPrefix, StringComparison.Ordinal) ? token[AttemptPrefix.Length..].Split('.') : [];
        if (parts.Length != 4
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long task)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long fence))
        {
            return null;
        }

        var attempt = new AttemptId(new TaskId(task), number, fence);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(attempt)), Encoding.UTF8.GetBytes(token)) ? attempt : null;
    }
}
