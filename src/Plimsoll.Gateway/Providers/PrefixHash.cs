using System.Buffers.Binary;
using System.Numerics;

namespace Plimsoll.Gateway.Providers;

/// <summary>A fast running hash of 128 bits; for estimates only, as it withstands no attacker.</summary>
/// <remarks>Folded multiplication of 16 bytes at a time, as in wyhash (Wang Yi, public domain).</remarks>
internal struct PrefixHash(ulong seed)
{
    private const ulong First = 0xa0761d6478bd642f;
    private const ulong Second = 0xe7037ed1a0b428db;

    private ulong low = seed ^ First;
    private ulong high = BitOperations.RotateLeft(seed, 32) ^ Second;

    public readonly UInt128 Value => new(high, low);

    /// <summary>Adds bytes and their length, so that neighbours cannot be exchanged.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Mix((ulong)bytes.Length, Second);
        while (bytes.Length >= 16)
        {
            Mix(BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
            bytes = bytes[16..];
        }

        if (bytes.Length > 0)
        {
            Span<byte> last = stackalloc byte[16];
            last.Clear();
            bytes.CopyTo(last);
            Mix(BinaryPrimitives.ReadUInt64LittleEndian(last), BinaryPrimitives.ReadUInt64LittleEndian(last[8..]));
        }
    }

    /// <summary>Adds another hash.</summary>
    public void Add(UInt128 other) => Mix((ulong)other, (ulong)(other >> 64));

    private void Mix(ulong left, ulong right)
    {
        ulong top = Math.BigMul(left ^ low ^ First, right ^ high ^ Second, out ulong bottom);
        low = BitOperations.RotateLeft(low, 23) ^ bottom;
        high = BitOperations.RotateLeft(high, 41) ^ top;
    }
}
