namespace DualDb.IntegrationTests.Repositories.Contract;

/// <summary>A contract whose types are not known where it is run.</summary>
internal interface IShapeContract
{
    /// <summary>Empties the shape's table and runs one operation on it.</summary>
    Task RunAsync(string operation);
}
