namespace DualDb.Rest;

/// <summary>The end of a wait for a connection: nothing of the request was sent.</summary>
/// <param name="cancellationToken">What ended it.</param>
internal sealed class RestUnsentException(CancellationToken cancellationToken)
    : OperationCanceledException("No connection to the REST server was made, or became free, within the command timeout.", cancellationToken);
