"""What the OpenAPI document says beyond what the handlers' signatures give: who may call, every refusal, an example of all."""
