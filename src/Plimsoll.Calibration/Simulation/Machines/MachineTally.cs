namespace Plimsoll.Calibration.Simulation.Machines;

/// <summary>What happened to attempts on the modelled machines.</summary>
internal sealed class MachineTally
{
    public int Started { get; set; }

    /// <summary>Ended by the kernel's killer because a node had no memory left.</summary>
    public int HostKills { get; set; }

    public int Evictions { get; set; }

    public int Lost { get; set; }

    public int Freezes { get; set; }

    /// <summary>Seconds of life of attempts that have to be done again.</summary>
    public double RedoneSeconds { get; set; }

    public double UsefulSeconds { get; set; }
}
