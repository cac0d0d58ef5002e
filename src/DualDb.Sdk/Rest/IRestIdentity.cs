namespace DualDb.Rest;

/// <summary>Whose requests they are.</summary>
internal interface IRestIdentity
{
    /// <summary>The token of the user; sent with each request, and kept nowhere.</summary>
    ValueTask<string> TokenAsync(CancellationToken cancellationToken);

    /// <summary>A newer token than one that was refused; null where there is none.</summary>
    ValueTask<string?> RefreshAsync(string refused, CancellationToken cancellationToken);
}
