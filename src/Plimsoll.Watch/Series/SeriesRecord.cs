using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;

namespace Plimsoll.Watch.Series;

/// <summary>Series as one compact record, for keeping them over a restart.</summary>
/// <remarks>Deflated: magic and version, then per series its name and per resolution the newest bucket, the number of slots and their mean and largest value, little-endian.</remarks>
public static class SeriesRecord
{
    private const uint Magic = 0x31534C50; // PLS1
    private const int Longest = 64 << 20;

    public static byte[] Save(SeriesStore store)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Fastest))
        using (var writer = new BinaryWriter(stream, Encoding.UTF8))
        {
            writer.Write(Magic);
            writer.Write(store.Names.Count);
            foreach ((string name, ImmutableArray<SeriesRing> rings) in store.All)
            {
                writer.Write(name);
                foreach (SeriesRing ring in rings)
                {
                    Write(writer, ring);
                }
            }
        }

        return packed.ToArray();
    }

    /// <summary>Takes a record back; null when it is damaged or of another version, and what it held is lost.</summary>
    public static SeriesStore? Restore(ReadOnlySpan<byte> record)
    {
        try
        {
            using var packed = new MemoryStream(record.ToArray());
            using var stream = new ZLibStream(packed, CompressionMode.Decompress);
            using var plain = new MemoryStream();
            Copy(stream, plain);
            plain.Position = 0;
            using var reader = new BinaryReader(plain, Encoding.UTF8);
            return Read(reader);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException or ArgumentException or IOException or FormatException)
        {
            return null;
        }
    }

    private static SeriesStore? Read(BinaryReader reader)
    {
        if (reader.ReadUInt32() != Magic || reader.ReadInt32() is var count && count is < 0 or > SeriesStore.Most)
        {
            return null;
        }

        var store = new SeriesStore();
        for (int i = 0; i < count; i++)
        {
            ImmutableArray<SeriesRing> rings = store.Find(reader.ReadString());
            foreach (SeriesRing ring in rings)
            {
                if (!Load(reader, ring))
                {
                    return null;
                }

                if (!ring.IsEmpty)
                {
                    store.Restored(ring.TimeOf(ring.Newest));
                }
            }
        }

        return store;
    }

    private static void Write(BinaryWriter writer, SeriesRing ring)
    {
        int kept = ring.IsEmpty ? 0 : (int)(ring.Newest - ring.Oldest + 1);
        writer.Write(ring.Newest);
        writer.Write(kept);
        for (int i = 0; i < kept; i++)
        {
            SeriesPoint point = ring.Read(ring.Oldest + i);
            writer.Write((float)(point.Mean ?? double.NaN));
            writer.Write((float)(point.Largest ?? double.NaN));
        }
    }

    private static bool Load(BinaryReader reader, SeriesRing ring)
    {
        long newest = reader.ReadInt64();
        int kept = reader.ReadInt32();
        if (kept < 0 || kept > ring.Tier.Length || (kept > 0 && (newest < kept || newest > DateTimeOffset.MaxValue.Ticks / ring.Tier.Step.Ticks)))
        {
            return false;
        }

        var slots = new (float Mean, float Largest)[kept];
        byte[] bytes = reader.ReadBytes(kept * 8);
        if (bytes.Length != kept * 8)
        {
            return false;
        }

        for (int i = 0; i < kept; i++)
        {
            slots[i] = (BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * 8)), BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan((i * 8) + 4)));
        }

        ring.Load(newest, slots);
        return true;
    }

    // A record cannot be larger than all rings together; anything that unpacks to more is not one of ours.
    private static void Copy(Stream from, Stream to)
    {
        byte[] buffer = new byte[1 << 16];
        for (int read = from.Read(buffer); read > 0; read = from.Read(buffer))
        {
            if (to.Length + read > Longest)
            {
                throw new InvalidDataException("The record is larger than any that was saved.");
            }

            to.Write(buffer, 0, read);
        }
    }
}
