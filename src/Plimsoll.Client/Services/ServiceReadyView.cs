namespace Plimsoll.Client.Services;

/// <summary>The service listens.</summary>
/// <param name="Urls">Base URLs for programs on this machine.</param>
/// <param name="Socket">Unix socket that needs no token.</param>
/// <param name="TokenFile">Where the token for TCP is.</param>
/// <param name="Adopted">Tasks of an earlier service that go on.</param>
/// <param name="Requeued">Tasks of an earlier service that were lost and are tried again.</param>
public sealed record ServiceReadyView(IReadOnlyList<string> Urls, string Socket, string TokenFile, int Adopted, int Requeued);
