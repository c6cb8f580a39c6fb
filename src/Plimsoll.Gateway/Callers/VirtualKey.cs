using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Plimsoll.Gateway.Callers;

/// <summary>The keys that clients of the gateway use in place of a provider's.</summary>
internal static class VirtualKey
{
    private const string Prefix = "plimsoll-";
    private const string Bearer = "Bearer ";
    private const int SecretBytes = 32;

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Whether two keys are the same, in a time that does not depend on how much of a guess is right.</summary>
    public static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(left.AsSpan()), MemoryMarshal.AsBytes(right.AsSpan()));

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
