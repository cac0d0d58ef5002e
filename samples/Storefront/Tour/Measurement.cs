namespace Storefront.Tour;

/// <summary>A step that was carried out.</summary>
/// <param name="Result">What it gave.</param>
/// <param name="Statements">How many statements were sent for it.</param>
/// <param name="Time">How long it took.</param>
internal readonly record struct Measurement<T>(T Result, int Statements, TimeSpan Time);
