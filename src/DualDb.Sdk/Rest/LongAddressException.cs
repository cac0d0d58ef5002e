namespace DualDb.Rest;

/// <summary>An address longer than servers take, before it is told in the terms of the call.</summary>
/// <param name="message">The message.</param>
internal sealed class LongAddressException(string message) : NotSupportedException(message);
