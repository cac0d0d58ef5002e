namespace DualDb;

public abstract partial class DatabaseTransaction
{
    private string? _trace;

    /// <summary>Whether its changes are logged under this trace already: it is said once, with the first write.</summary>
    internal bool Traces(string? trace) => trace is null || string.Equals(_trace, trace, StringComparison.Ordinal);

    /// <summary>It was said with a write that has succeeded.</summary>
    internal void Traced(string? trace) => _trace = trace ?? _trace;
}
