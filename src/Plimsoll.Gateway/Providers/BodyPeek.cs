namespace Plimsoll.Gateway.Providers;

/// <summary>What the gateway needs to know of a request's body; the body itself is never written anew.</summary>
internal sealed class BodyPeek
{
    /// <summary>Of a request without a body, or with one that is not read.</summary>
    public static BodyPeek Nothing { get; } = new();

    public string? Model { get; set; }

    /// <summary>Where the model's name stands, with its quotes; for an alias.</summary>
    public (int Start, int Length) ModelAt { get; set; }

    public bool Streams { get; set; }

    public long? MaxTokens { get; set; }

    public bool AsksForUsage { get; set; }

    /// <summary>Whether there is a <c>stream_options</c>, so that none can be added.</summary>
    public bool HasStreamOptions { get; set; }

    /// <summary>Texts to embed; 1 for any other request.</summary>
    public int Items { get; set; } = 1;

    /// <summary>Shortest first; empty where nothing is cached.</summary>
    public PrefixPoint[] Prefixes { get; set; } = [];

    /// <summary>Whether the body is a JSON object as expected; else the provider is left to say what is wrong.</summary>
    public bool IsRead { get; set; }
}
