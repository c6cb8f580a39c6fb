using System.Runtime.InteropServices;
using System.Text;

namespace Plimsoll.Engine.Processes.Native;

/// <summary>A reusable block of zero-terminated UTF-8 strings and the pointer vectors over them that exec wants.</summary>
/// <remarks>One thread. Pointers are valid until the next <see cref="Clear"/> or Add; take them only after the last Add.</remarks>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly List<int> offsets = [];
    private byte* block;
    private int capacity;
    private int used;
    private byte** vectors;
    private int vectorCapacity;

    public int Count => offsets.Count;

    public void Clear()
    {
        used = 0;
        offsets.Clear();
    }

    /// <returns>Index of the string for <see cref="this[int]"/>.</returns>
    public int Add(string text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length) + 1);
        offsets.Add(used);
        used += Encoding.UTF8.GetBytes(text, new Span<byte>(block + used, capacity - used));
        block[used++] = 0;
        return offsets.Count - 1;
    }

    public byte* this[int index] => block + offsets[index];

    /// <summary>Two null-terminated vectors: strings [first, middle) and [middle, Count).</summary>
    public byte** Vectors(int first, int middle, out byte** second)
    {
        int needed = offsets.Count - first + 2;
        if (needed > vectorCapacity)
        {
            vectorCapacity = needed * 2;
            vectors = (byte**)NativeMemory.Realloc(vectors, (nuint)vectorCapacity * (nuint)sizeof(byte*));
        }

        int slot = 0;
        for (int index = first; index < middle; index++)
            vectors[slot++] = this[index];

        vectors[slot++] = null;
        second = vectors + slot;
        for (int index = middle; index < offsets.Count; index++)
            vectors[slot++] = this[index];

        vectors[slot] = null;
        return vectors;
    }

    public void Dispose()
    {
        NativeMemory.Free(block);
        NativeMemory.Free(vectors);
        block = null;
        vectors = null;
        capacity = vectorCapacity = 0;
    }

    private void Reserve(int bytes)
    {
        if (capacity - used >= bytes)
            return;

        capacity = Math.Max(checked(used + bytes), Math.Max(4096, capacity * 2));
        block = (byte*)NativeMemory.Realloc(block, (nuint)capacity);
    }
}
