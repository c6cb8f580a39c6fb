using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Plimsoll.Gateway.Callers;

/// <summary>The keys that clients of the gateway use in place of a provider's.</summary>
internal static class VirtualKey
{
    private const string Prefix = "plimsoll-";
    private const string Bearer = "Bearer ";
    private const int SecretBytes = 32;
    private const int LongestKey = 512;

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>What is kept of a key: a lookup by its hash takes no time that depends on how much of a guess is right.</summary>
    public static UInt128 HashOf(string key)
    {
        if (key.Length > LongestKey)
        {
            return default;
        }

        Span<byte> utf8 = stackalloc byte[LongestKey * 3];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        int written = Encoding.UTF8.GetBytes(key, utf8);
        SHA256.HashData(utf8[..written], hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    /// <summary>The key a request carries, in any of the three headers that clients use; null if there is none.</summary>
    public static string? Of(IHeaderDictionary headers)
    {
        string? authorization = headers.Authorization;
        if (authorization is not null && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return authorization[Bearer.Length..].Trim();
        }

        string? key = headers["x-api-key"];
        return key ?? (string?)headers["api-key"];
    }
}
