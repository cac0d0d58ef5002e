namespace DualDb.Benchmarks.Scorecard;

/// <summary>What a row must reach; one line of <c>floors.json</c>.</summary>
internal sealed record Floor
{
    /// <summary>The name of the row.</summary>
    public required string Id { get; init; }

    /// <summary>What is measured, in words.</summary>
    public required string What { get; init; }

    /// <summary>The unit of the value; × for a ratio.</summary>
    public required string Unit { get; init; }

    /// <summary>The greatest value allowed; null where <see cref="AtLeast"/> is set.</summary>
    public double? AtMost { get; init; }

    /// <summary>The least value allowed; null where <see cref="AtMost"/> is set.</summary>
    public double? AtLeast { get; init; }

    /// <summary>How many statements one call must send; null where that is no question.</summary>
    public int? Statements { get; init; }

    /// <summary>The number that the value is compared with.</summary>
    public double Limit => AtMost ?? AtLeast ?? throw new InvalidOperationException($"The floor {Id} has neither atMost nor atLeast.");

    /// <summary>Whether a value is on the right side. What is no number is on the wrong one.</summary>
    public bool Allows(double value) => AtMost is not null ? value <= Limit : value >= Limit;
}
