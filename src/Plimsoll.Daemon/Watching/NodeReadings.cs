using System.Collections.Immutable;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;
using Plimsoll.Core.Watching;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Daemon.Watching;

/// <summary>Turns what admission reckons nodes with into readings, and looks at the disk of the state folder every ten seconds.</summary>
/// <remarks>One caller. A disk that cannot be read is a gap.</remarks>
internal sealed class NodeReadings(string stateFolder, string hostName)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private DateTimeOffset? lookedAt;
    private (Bytes Total, Bytes Free)? disk;

    public ImmutableArray<NodeReading> Read(LoadPicture picture)
    {
        if (lookedAt is not { } before || picture.At - before >= Period || picture.At < before)
        {
            lookedAt = picture.At;
            disk = ReadDisk();
        }

        return [.. picture.Nodes.Where(static node => node.IsUp).Select(Read)];
    }

    private NodeReading Read(NodeLoad node)
    {
        bool local = node.Node == NodeId.Local;
        return new NodeReading(node.Node, local ? hostName : node.Node.ToString(), node.Reading?.Memory)
        {
            Cpu = node.Reading?.Cpu,
            Pressure = node.Reading?.Pressure,
            Swap = node.Reading?.Swap,
            Cores = node.Cores ?? node.Reading?.Cores ?? (local ? Environment.ProcessorCount : null),
            Reserve = node.Reserve,
            Capacity = node.Capacity,
            Owed = node.Owed,
            DiskTotal = local ? disk?.Total : null,
            DiskFree = local ? disk?.Free : null,
            Gated = node.Gated,
        };
    }

    private (Bytes Total, Bytes Free)? ReadDisk()
    {
        try
        {
            var drive = new DriveInfo(stateFolder);
            return (new Bytes(drive.TotalSize), new Bytes(drive.AvailableFreeSpace));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
