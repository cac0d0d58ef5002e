namespace DualDb.Consistency.Monitoring.Statements;

/// <summary>Knows what the calls of this moment are made for.</summary>
internal interface ICallOrigin
{
    /// <summary>It in words, such as <c>GET /orders/{id}</c>; null where it is not known. Asked on the way of a call, so that it must be quick, and must not throw.</summary>
    string? Name { get; }
}
