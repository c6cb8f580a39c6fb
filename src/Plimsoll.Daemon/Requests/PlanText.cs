using System.Text;

namespace Plimsoll.Daemon.Requests;

/// <summary>Reads the text of a plan, and no more of it than a plan can have.</summary>
public static class PlanText
{
    /// <summary>A plan with 100,000 tasks written out has about 10 MiB.</summary>
    public const int MostBytes = 64 << 20;

    /// <summary>Reads to the end; also of pipes and devices, whose length nobody knows before.</summary>
    /// <exception cref="IOException">It cannot be read, or is too large.</exception>
    public static string Read(Stream stream) => Read(stream, "a matrix or a template says the same in less, or split it into several plans");

    /// <param name="advice">What to do about one that is too large.</param>
    /// <exception cref="IOException">It cannot be read, or is too large.</exception>
    public static string Read(Stream stream, string advice)
    {
        using var content = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        while (stream.Read(buffer) is > 0 and int count)
        {
            content.Write(buffer, 0, count);
            if (content.Length > MostBytes)
            {
                throw new IOException($"it is larger than {MostBytes >> 20} MiB; {advice}");
            }
        }

        content.Position = 0;
        using var reader = new StreamReader(content, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
