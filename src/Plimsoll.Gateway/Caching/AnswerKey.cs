using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;
using Plimsoll.Gateway.Forwarding;

namespace Plimsoll.Gateway.Caching;

/// <summary>Names what is asked: pool, route, what the headers say of it, and every byte of the body.</summary>
/// <remarks>A cryptographic hash, for an agent must not be able to make another's request get its answer.</remarks>
internal readonly record struct AnswerKey(UInt128 Left, UInt128 Right)
{
    public static AnswerKey Of(Exchange exchange, string pool)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, pool);
        Add(hash, exchange.Route.Tail);
        Add(hash, exchange.Route.Deployment ?? "");
        Add(hash, exchange.Query);
        foreach (KeyValuePair<string, StringValues> header in exchange.Headers)
        {
            if (Matters(header.Key))
            {
                Add(hash, header.Key.ToUpperInvariant());
                Add(hash, header.Value.ToString());
            }
        }

        hash.AppendData(exchange.Body.Span);
        Span<byte> value = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(value);
        return new(BinaryPrimitives.ReadUInt128LittleEndian(value), BinaryPrimitives.ReadUInt128LittleEndian(value[16..]));
    }

    private static bool Matters(string name) =>
        name.StartsWith("anthropic-", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("openai-", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Accept", StringComparison.OrdinalIgnoreCase);

    private static void Add(IncrementalHash hash, string text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        hash.AppendData(length);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
    }
}
